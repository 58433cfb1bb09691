using System.Net;
using System.Net.Sockets;
using Warehouse.Definitions;

namespace Warehouse.Etl.Staging.Remote;

/// <summary>
/// Keeps servers outside from leading this one to what only it can reach: a definition may name a server of the own network, a
/// redirect of an outside server may not; and nothing leads to the addresses where clouds tell machines their secrets.
/// </summary>
/// <param name="resolve">The addresses of a name.</param>
internal sealed class PrivateNetwork(Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    private static readonly IPAddress AmazonMetadata = IPAddress.Parse("fd00:ec2::254");

    private static readonly IPNetwork[] Own =
    [
        .. new[] { "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "::/127", "fc00::/7" }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>The name as the system resolves it.</summary>
    public static PrivateNetwork OfSystem { get; } = new((host, stop) => Dns.GetHostAddressesAsync(host, stop));

    /// <summary>Where a host is reached.</summary>
    /// <param name="named">The host that the definition names.</param>
    /// <param name="host">The same, or where a redirect leads.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="UserFaultException">Nothing may be asked there.</exception>
    public async Task<IPAddress[]> ReachAsync(string named, string host, CancellationToken cancellationToken)
    {
        var addresses = await AddressesAsync(host, cancellationToken);
        if (addresses.Any(IsOfMachineAlone))
        {
            throw new UserFaultException($"{host} is an address that a machine asks for what is its own alone: no file is fetched there. Nothing was loaded.");
        }

        if (named != host && addresses.Any(IsPrivate) && !(await AddressesAsync(named, cancellationToken)).Any(IsPrivate))
        {
            throw new UserFaultException($"{named} redirects to {host}, which is of the own network: an outside server may not lead there. Name {host} in the definition if its file is wanted. Nothing was loaded.");
        }

        return addresses;
    }

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) ? [address] : await resolve(host, cancellationToken);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsPrivate(IPAddress address) => Own.Any(network => network.BaseAddress.AddressFamily == Plain(address).AddressFamily && network.Contains(Plain(address)));

    private static bool IsOfMachineAlone(IPAddress address) =>
        address.IsIPv6LinkLocal || address.Equals(AmazonMetadata)
        || (Plain(address) is { AddressFamily: AddressFamily.InterNetwork } plain && plain.GetAddressBytes() is [169, 254, ..]);
}
