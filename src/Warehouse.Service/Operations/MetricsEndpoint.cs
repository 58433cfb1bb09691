using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Warehouse.Service.Access;

namespace Warehouse.Service.Operations;

/// <summary><c>/metrics</c> for a Prometheus on this machine, without a key; from elsewhere anybody who is let in at all.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Answer).AllowAnonymous();

    private static IResult Answer(HttpContext context, Measurements measurements) =>
        ThisMachine.Asks(context) || context.User.Identity is { IsAuthenticated: true }
            ? Results.Text(measurements.Text(), Measurements.MediaType)
            : Results.Unauthorized();
}
