using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Warehouse.Store;

namespace Warehouse.Service.Operations;

/// <summary>Whether the process lives (<c>/health</c>), and whether it can answer (<c>/ready</c>): for those who watch it, without a key.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", () => Results.Text("ok")).AllowAnonymous();
        routes.MapGet("/ready", ReadyAsync).AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(Workspace workspace, TimeProvider time, CancellationToken stop)
    {
        await using var database = await WarehouseDatabase.OpenReadOnlyAsync(workspace, time, stop);
        await using var connection = await database.ConnectAsync(stop);
        return Results.Text(FormattableString.Invariant($"generation {(await Generation.CurrentAsync(connection, stop)).Number}"));
    }
}
