using System.Net;
using Microsoft.AspNetCore.Http;

namespace Warehouse.Service.Access;

/// <summary>Whether somebody at this machine asks. What a proxy hands on comes from elsewhere, wherever the proxy is.</summary>
internal static class ThisMachine
{
    private static readonly string[] OfProxies = ["X-Forwarded-For", "X-Forwarded-Host", "X-Original-For", "X-Real-IP", "Forwarded", "Via"];

    public static bool Asks(HttpContext context) =>
        context.Connection is { RemoteIpAddress: { } address } connection
        && (IPAddress.IsLoopback(address) || address.Equals(connection.LocalIpAddress))
        && !OfProxies.Any(context.Request.Headers.ContainsKey);
}
