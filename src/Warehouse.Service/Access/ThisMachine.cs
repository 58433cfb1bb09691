using System.Net;
using Microsoft.AspNetCore.Http;

namespace Warehouse.Service.Access;

/// <summary>
/// Whether somebody at this machine asks, and by a name of this machine: a page of another site, whose name was made to lead here, asks
/// by that name. What a proxy hands on comes from elsewhere, wherever the proxy is.
/// </summary>
internal static class ThisMachine
{
    private static readonly string[] OfProxies = ["X-Forwarded-For", "X-Forwarded-Host", "X-Original-For", "X-Real-IP", "Forwarded", "Via"];

    public static bool Asks(HttpContext context) =>
        context.Connection is { RemoteIpAddress: { } address } connection
        && (IPAddress.IsLoopback(address) || address.Equals(connection.LocalIpAddress))
        && IsName(context.Request.Host.Host)
        && !OfProxies.Any(context.Request.Headers.ContainsKey);

    private static bool IsName(string host) =>
        IPAddress.TryParse(host, out _)
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);
}
