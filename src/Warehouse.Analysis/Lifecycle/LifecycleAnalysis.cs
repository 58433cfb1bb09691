using System.Data.Common;
using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Analysis.Lifecycle;

/// <summary>The stage of everybody's life as a customer, as of a date, and how people move between stages.</summary>
public static class LifecycleAnalysis
{
    /// <summary>The stages at two dates and who moved between them.</summary>
    /// <exception cref="WrongCommandException">The earlier date is not earlier.</exception>
    public static Task<StageTransitions> CompareAsync(
        DbConnection connection, AsOf earlier, AsOf later, StageMap map, CancellationToken cancellationToken) =>
        BetweenAsync(
            connection,
            earlier,
            later,
            map,
            async (before, after) =>
            {
                var order = map.Stages.Select(stage => stage.Name).ToList();
                var moves = await connection.RowsAsync(
                    CustomerStages.Sql("stage_moved"),
                    row => new StageMove(row.TextOrNull(0), row.TextOrNull(1), row.GetInt64(2)),
                    cancellationToken);
                return new StageTransitions(
                    before, after.Result, [.. moves.OrderBy(move => Place(order, move.From)).ThenBy(move => Place(order, move.To))]);
            },
            cancellationToken);

    /// <summary>Everybody who moved from one stage to another between two dates.</summary>
    /// <param name="connection">The warehouse.</param>
    /// <param name="earlier">The earlier date.</param>
    /// <param name="later">The later date.</param>
    /// <param name="map">The rules.</param>
    /// <param name="from">The stage at the earlier date; null takes those who were not known then.</param>
    /// <param name="to">The stage at the later date.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="WrongCommandException">The earlier date is not earlier.</exception>
    public static Task<StageMovers> MoversAsync(
        DbConnection connection, AsOf earlier, AsOf later, StageMap map, string? from, string to, CancellationToken cancellationToken) =>
        BetweenAsync(
            connection,
            earlier,
            later,
            map,
            async (_, after) =>
            {
                var keys = (await connection.RowsAsync(
                    CustomerStages.Sql("stage_mover"), row => row.GetInt32(0), cancellationToken, ("stage_before", from), ("stage_after", to))).ToHashSet();
                return new StageMovers(
                    after.Result, await after.CustomersAsync(cancellationToken).Where(customer => keys.Contains(customer.CustomerKey)).ToListAsync(cancellationToken));
            },
            cancellationToken);

    private static async Task<T> BetweenAsync<T>(
        DbConnection connection, AsOf earlier, AsOf later, StageMap map, Func<LifecycleResult, CustomerStages, Task<T>> look, CancellationToken cancellationToken)
    {
        if (earlier.Date >= later.Date)
        {
            throw new WrongCommandException(FormattableString.Invariant(
                $"The date to compare with, {earlier.Date:yyyy-MM-dd}, has to be before {later.Date:yyyy-MM-dd}."));
        }

        var before = await StagesAsync(earlier);
        try
        {
            await connection.ExecuteAsync(CustomerStages.Sql("stage_before"), cancellationToken);
            var after = await StagesAsync(later);
            await using (after.Activity)
            await using (after.Stages)
            {
                return await look(before.Stages.Result, after.Stages);
            }
        }
        finally
        {
            await connection.ExecuteAsync("DROP TABLE IF EXISTS temp.customer_stage_before", CancellationToken.None);
        }

        async Task<(CustomerActivity Activity, CustomerStages Stages)> StagesAsync(AsOf asOf)
        {
            var activity = await CustomerActivity.GatherAsync(connection, asOf, cancellationToken);
            return (activity, await CustomerStages.ComputeAsync(activity, map, cancellationToken));
        }
    }

    private static int Place(List<string> order, string? stage) => stage is null ? order.Count : order.IndexOf(stage);
}
