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
    public static async Task<StageTransitions> CompareAsync(
        DbConnection connection, AsOf earlier, AsOf later, StageMap map, CancellationToken cancellationToken)
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
                var order = map.Stages.Select(stage => stage.Name).ToList();
                var moves = await connection.RowsAsync(
                    CustomerStages.Sql("stage_moved"),
                    row => new StageMove(row.TextOrNull(0), row.TextOrNull(1), row.GetInt64(2)),
                    cancellationToken);
                return new StageTransitions(
                    before.Stages.Result,
                    after.Stages.Result,
                    [.. moves.OrderBy(move => Place(order, move.From)).ThenBy(move => Place(order, move.To))]);
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
