using System.Data.Common;
using Warehouse.Etl.Feeds;
using Warehouse.Store;

namespace Warehouse.Etl.Star;

/// <summary>Takes out of a fact what a load names by its key alone: single facts, or whole orders.</summary>
internal sealed class FactDeletion(DbConnection connection, Feed feed, FeedTarget fill, FactTable fact)
{
    /// <summary>Takes them out, and says what became of each file's rows.</summary>
    public async Task<IReadOnlyList<FactOutcome>> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var step in fill.Target.Steps)
        {
            await connection.ExecuteAsync(SqlFile.Read(typeof(FactDeletion), step), cancellationToken);
        }

        await connection.ExecuteAsync(
            $"CREATE OR REPLACE TEMP VIEW {fact.Name}_row AS SELECT CAST(NULL AS BIGINT) AS mapped_row, * FROM star.fact_{fact.Name} WHERE false", cancellationToken);
        var parts = fact.Parts.TryGetValue("order", out var order) ? new FactParts(fact, [order.Star]) : null;
        var changes = new FactChanges(connection, fact, feed.Name, fill, parts);
        var (keys, _) = await changes.FindAsync(isEmpty: false, cancellationToken);
        // Which orders are new words has to be asked before they are kept.
        var orders = parts is null ? [] : await connection.RowsAsync(
            SqlFile.Read(typeof(FactDeletion), "Star/order_deletion.sql"),
            row => (LoadKey: row.GetInt32(0), Row: row.GetInt64(1), IsNew: row.GetBoolean(2)),
            cancellationToken);
        var changed = keys > 0 ? await changes.ApplyAsync(cancellationToken) : [];
        if (parts is not null && keys == 0)
        {
            await connection.ExecuteAsync(FactParts.Keep(fact), cancellationToken);
        }

        var ended = orders.Count == 0 || keys == 0 ? [] : (await connection.RowsAsync(
            $"SELECT DISTINCT mapped_row FROM temp.{fact.Name}_statement WHERE is_ended AND NOT says_nothing_new AND mapped_row IS NOT NULL",
            row => row.GetInt64(0),
            cancellationToken)).ToHashSet();
        return FactOutcome.Sum(changed.Concat(orders.Select(row =>
            row.IsNew || ended.Contains(row.Row) ? new FactOutcome(row.LoadKey, 0, 0, 1, 0, 0) : new FactOutcome(row.LoadKey, 0, 0, 0, 1, 0))));
    }
}
