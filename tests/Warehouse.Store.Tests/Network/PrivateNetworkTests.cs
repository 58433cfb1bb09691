using System.Net;
using Warehouse.Definitions;

namespace Warehouse.Store.Tests.Network;

/// <summary>Where something is asked, and where not, by what names resolve to.</summary>
public class PrivateNetworkTests
{
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["outside.test"] = ["93.184.216.34"],
        ["other.test"] = ["2606:2800:220:1::1"],
        ["inside.test"] = ["10.1.2.3"],
        ["allowed.test"] = ["192.168.7.7"],
        ["both.test"] = ["93.184.216.34", "127.0.0.1"],
        ["mapped.test"] = ["::ffff:192.168.0.1"],
        ["localhost"] = ["127.0.0.1", "::1"],
        ["localhost."] = ["127.0.0.1"],
        ["cloud.test"] = ["169.254.169.254"],
        ["allowed-cloud.test"] = ["::ffff:169.254.169.254"],
    };

    private readonly PrivateNetwork _network = new(
        ["Allowed.test", "allowed-cloud.test", "10.0.0.9"], (host, _) => Task.FromResult(Names[host].Select(IPAddress.Parse).ToArray()));

    [Theory]
    [InlineData("outside.test", "outside.test")]
    [InlineData("outside.test", "other.test")]
    [InlineData("outside.test", "allowed.test")]
    [InlineData("outside.test", "10.0.0.9")]
    [InlineData("allowed.test", "allowed.test")]
    [InlineData("allowed.test", "outside.test")]
    [InlineData("localhost", "localhost")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("10.1.2.3", "10.1.2.3")]
    public async Task WhatIsOutside_WhatADefinitionSaysItself_AndWhatIsAllowed_IsReached(string named, string host) =>
        Assert.NotEmpty(await _network.ReachAsync(named, host, CancellationToken.None));

    [Theory]
    [InlineData("inside.test", "inside.test")]
    [InlineData("both.test", "both.test")]
    [InlineData("mapped.test", "mapped.test")]
    [InlineData("localhost.", "localhost.")]
    [InlineData("allowed.test", "inside.test")]
    [InlineData("127.0.0.1", "10.1.2.3")]
    [InlineData("outside.test", "inside.test")]
    [InlineData("outside.test", "both.test")]
    [InlineData("outside.test", "localhost")]
    [InlineData("outside.test", "127.0.0.1")]
    [InlineData("outside.test", "2130706433")]
    [InlineData("outside.test", "0177.0.0.1")]
    [InlineData("outside.test", "0x7f.1")]
    [InlineData("outside.test", "[::1]")]
    [InlineData("outside.test", "[::127.0.0.1]")]
    [InlineData("outside.test", "[::ffff:10.0.0.1]")]
    [InlineData("outside.test", "[64:ff9b::a00:1]")]
    [InlineData("outside.test", "[2002:a00:1::]")]
    [InlineData("outside.test", "[fd12::1]")]
    [InlineData("outside.test", "100.64.0.1")]
    [InlineData("outside.test", "0.0.0.0")]
    [InlineData("outside.test", "172.31.255.255")]
    [InlineData("outside.test", "255.255.255.255")]
    [InlineData("outside.test", "cloud.test")]
    [InlineData("cloud.test", "cloud.test")]
    [InlineData("169.254.169.254", "169.254.169.254")]
    [InlineData("allowed-cloud.test", "allowed-cloud.test")]
    [InlineData("outside.test", "[fd00:ec2::254]")]
    [InlineData("[fe80::1]", "[fe80::1]")]
    public async Task WhatLeadsIntoTheOwnNetwork_IsNotReached(string named, string host) =>
        await Assert.ThrowsAsync<UserFaultException>(() => _network.ReachAsync(named, host, CancellationToken.None));

    [Theory]
    [InlineData("http://2130706433/x", "127.0.0.1")]
    [InlineData("http://0177.0.0.1/x", "127.0.0.1")]
    [InlineData("http://0xa9fea9fe/x", "169.254.169.254")]
    public void AnAddressInAnotherWriting_IsTheSameAddress(string address, string host) => Assert.Equal(host, new Uri(address).IdnHost);
}
