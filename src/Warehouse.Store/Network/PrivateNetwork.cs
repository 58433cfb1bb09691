using System.Net;
using System.Net.Sockets;
using Warehouse.Definitions;

namespace Warehouse.Store;

/// <summary>
/// Keeps servers and names from leading this machine to what only it can reach. A definition may say an address of the own network
/// itself; a name that leads there, and a server that redirects there, only where <c>warehouse.yaml</c> allows that host
/// (<c>network: {allow: …}</c>). Nothing leads to the addresses where clouds tell machines their secrets. What is asked is the address that
/// was looked at, so that a name that tells others the next time gains nothing by it.
/// </summary>
public sealed class PrivateNetwork
{
    private static readonly IPAddress AmazonMetadata = IPAddress.Parse("fd00:ec2::254");

    /// <summary>The machine's own, the own network's, those of one link or of many at once, and those of IPv6 that stand for one of IPv4.</summary>
    private static readonly IPNetwork[] Own =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fc00::/7", "fec0::/10", "ff00::/8",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private readonly HashSet<string> _allowed;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;

    /// <param name="allowed">The hosts of the own network that names and redirects may lead to.</param>
    public PrivateNetwork(IEnumerable<string> allowed)
        : this(allowed, (host, stop) => Dns.GetHostAddressesAsync(host, stop))
    {
    }

    internal PrivateNetwork(IEnumerable<string> allowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve) =>
        (_allowed, _resolve) = (allowed.Select(Bare).ToHashSet(StringComparer.OrdinalIgnoreCase), resolve);

    /// <summary>Connects where a request leads, as a handler's connect callback; through a proxy where there is one.</summary>
    /// <param name="named">The host that the definition names; null for that of the request.</param>
    /// <param name="context">The request, and where it goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="UserFaultException">Nothing may be asked there.</exception>
    public async ValueTask<Stream> ConnectAsync(string? named, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var server = context.DnsEndPoint;
        var asked = context.InitialRequestMessage.RequestUri!.IdnHost;
        var isProxy = Bare(server.Host) != Bare(asked);
        var addresses = isProxy ? await Dns.GetHostAddressesAsync(server.Host, cancellationToken) : await ReachAsync(named ?? asked, asked, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, server.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Where a host is reached.</summary>
    /// <param name="named">The host that the definition names.</param>
    /// <param name="host">The same, or where a redirect leads.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="UserFaultException">Nothing may be asked there.</exception>
    internal async Task<IPAddress[]> ReachAsync(string named, string host, CancellationToken cancellationToken)
    {
        var isAddress = IPAddress.TryParse(Bare(host), out var said);
        var addresses = isAddress ? [said!] : await _resolve(host, cancellationToken);
        if (addresses.Any(IsOfMachineAlone))
        {
            throw new UserFaultException($"{host} is an address that a machine asks for what is its own alone: nothing is asked there.");
        }

        var isSaid = named == host && (isAddress || host.Equals("localhost", StringComparison.OrdinalIgnoreCase));
        if (isSaid || _allowed.Contains(Bare(host)) || addresses.FirstOrDefault(IsPrivate) is not { } inside)
        {
            return addresses;
        }

        throw new UserFaultException(
            (named == host ? $"{host} is {inside}" : $"{named} redirects to {host}, which is {inside}")
            + $", of the own network: nothing is asked there unless {Workspace.FileName} allows it (network: {{allow: {Bare(host)}}}).");
    }

    private static string Bare(string host) => host.Trim('[', ']');

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsPrivate(IPAddress address) => Own.Any(network => network.BaseAddress.AddressFamily == Plain(address).AddressFamily && network.Contains(Plain(address)));

    private static bool IsOfMachineAlone(IPAddress address) =>
        address.IsIPv6LinkLocal || address.Equals(AmazonMetadata)
        || (Plain(address) is { AddressFamily: AddressFamily.InterNetwork } plain && plain.GetAddressBytes() is [169, 254, ..]);
}
