using System.Net;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Service.Access;

/// <summary>Refuses to listen beyond this machine where others could read along, or where nobody is known who might ask.</summary>
internal static class Exposure
{
    /// <exception cref="UserFaultException">The service would be open to others without protection.</exception>
    public static void Require(Workspace workspace, IReadOnlyList<Uri> urls, AccessList access)
    {
        var definition = workspace.Definition.Service;
        foreach (var url in urls.Where(url => !IsLoopback(url)))
        {
            if (access.Users.Count == 0 && definition.Issuer is null)
            {
                throw new UserFaultException(
                    $"{url} is open to other machines, and nobody is known who may ask. 'warehouse user add NAME --role admin' makes the first user; or listen at http://127.0.0.1 alone.");
            }

            if (url.Scheme != "https" && definition.Proxies.Count == 0)
            {
                throw new UserFaultException(
                    $"{url} is open to other machines without TLS: passwords and customers could be read on the way. Say 'service: tls' or the addresses of the proxies that end TLS ('service: proxies') in {Workspace.FileName}; or listen at http://127.0.0.1 alone.");
            }
        }

        if (urls.Any(url => url.Scheme == "https") && definition.Certificate is null)
        {
            throw new UserFaultException($"https needs a certificate: say 'service: tls: {{certificate: …, key: …}}' in {Workspace.FileName}.");
        }
    }

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
