using System.Net;
using Warehouse.Definitions;
using Warehouse.Etl.Staging.Remote;

namespace Warehouse.Etl.Tests.Sources;

/// <summary>Where files are fetched, and where not, by what names resolve to.</summary>
public class PrivateNetworkTests
{
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["outside.test"] = ["93.184.216.34"],
        ["other.test"] = ["2606:2800:220:1::1"],
        ["inside.test"] = ["10.1.2.3"],
        ["neighbour.test"] = ["192.168.7.7"],
        ["both.test"] = ["93.184.216.34", "127.0.0.1"],
        ["cloud.test"] = ["169.254.169.254"],
    };

    private readonly PrivateNetwork _network = new((host, _) => Task.FromResult(Names[host].Select(IPAddress.Parse).ToArray()));

    [Theory]
    [InlineData("outside.test", "outside.test")]
    [InlineData("outside.test", "other.test")]
    [InlineData("inside.test", "inside.test")]
    [InlineData("inside.test", "neighbour.test")]
    [InlineData("inside.test", "outside.test")]
    [InlineData("both.test", "both.test")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1", "10.1.2.3")]
    public async Task WhatADefinitionNames_AndWhatLeadsNoFurtherIn_IsReached(string named, string host) =>
        Assert.NotEmpty(await _network.ReachAsync(named, host, CancellationToken.None));

    [Theory]
    [InlineData("outside.test", "inside.test")]
    [InlineData("outside.test", "neighbour.test")]
    [InlineData("outside.test", "both.test")]
    [InlineData("outside.test", "127.0.0.1")]
    [InlineData("outside.test", "[::1]")]
    [InlineData("outside.test", "[::ffff:10.0.0.1]")]
    [InlineData("outside.test", "[fd12::1]")]
    [InlineData("outside.test", "100.64.0.1")]
    [InlineData("outside.test", "0.0.0.0")]
    [InlineData("outside.test", "172.31.255.255")]
    [InlineData("outside.test", "cloud.test")]
    [InlineData("inside.test", "cloud.test")]
    [InlineData("cloud.test", "cloud.test")]
    [InlineData("inside.test", "[fd00:ec2::254]")]
    public async Task WhatAnOutsideServerLeadsTo_IsNotOfTheOwnNetwork(string named, string host) =>
        await Assert.ThrowsAsync<UserFaultException>(() => _network.ReachAsync(named, host, CancellationToken.None));
}
