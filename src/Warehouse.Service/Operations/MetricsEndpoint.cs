using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Warehouse.Service.Operations;

/// <summary>
/// <c>/metrics</c> for a Prometheus on this machine, without a key; from elsewhere anybody who is let in at all. What a proxy hands
/// on comes from elsewhere, wherever the proxy is.
/// </summary>
internal static class MetricsEndpoint
{
    private static readonly string[] OfProxies = ["X-Forwarded-For", "X-Forwarded-Host", "X-Original-For", "X-Real-IP", "Forwarded", "Via"];

    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Answer).AllowAnonymous();

    private static IResult Answer(HttpContext context, Measurements measurements) =>
        IsOfThisMachine(context) || context.User.Identity is { IsAuthenticated: true }
            ? Results.Text(measurements.Text(), Measurements.MediaType)
            : Results.Unauthorized();

    private static bool IsOfThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !OfProxies.Any(context.Request.Headers.ContainsKey);
}
