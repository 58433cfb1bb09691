using System.Data.Common;
using Warehouse.Analysis.Activity;
using Warehouse.Store;

namespace Warehouse.Analysis.Populations;

/// <summary>
/// What the facts say of every customer. An analysis by itself asks them for what it needs; several of one date and population share
/// one reading, which is kept on the connection for as long as this lives.
/// </summary>
internal sealed class CustomerHistory : IAsyncDisposable
{
    /// <summary>The orders of so many lines are summed up in memory; of more, the engine would move them to the disk and back.</summary>
    private const long LinesAtOnce = 40_000_000;

    private CustomerHistory(DbConnection connection, PopulationOptions options, int generation) =>
        (Connection, Options, Generation) = (connection, options, generation);

    public DbConnection Connection { get; }

    public PopulationOptions Options { get; }

    public int Generation { get; }

    private static string Definition => Sql("customer_history");

    /// <summary>Statements that ask for the history, with what it is before them.</summary>
    public static string Asking(string statements) => $"{Definition};\n\n{statements};\n\nDROP MACRO TABLE temp.customer_history; DROP MACRO temp.usual_days";

    /// <summary>Reads the facts, in a transaction of the caller's.</summary>
    public static async Task<CustomerHistory> ShareAsync(DbConnection connection, PopulationOptions options, CancellationToken cancellationToken)
    {
        var generation = await Store.Generation.CurrentAsync(connection, cancellationToken);
        (string, object?)[] values = [.. SalesWindow.Values(options), .. CustomerActivity.TrendValues(options.AsOf)];
        await connection.ExecuteAsync($"{Definition};\n\n{Sql("kept_history")}", cancellationToken, values);
        var (lines, lastKey) = (await connection.RowsAsync(Sql("history_extent"), row => (row.GetInt64(0), row.GetInt32(1)), cancellationToken))[0];
        foreach (var (first, last) in RangesOf(lines, lastKey))
        {
            await connection.ExecuteAsync(Sql("keep_history"), cancellationToken, [.. values, ("first_key", first), ("last_key", last)]);
        }

        await connection.ExecuteAsync(Sql("shared_history"), cancellationToken);
        return new CustomerHistory(connection, options, generation.Number);
    }

    /// <summary>Ranges of keys of customers, both ends in them, that are read one after the other: together they are all keys.</summary>
    /// <param name="lines">How many lines there are to read.</param>
    /// <param name="lastKey">The last key of a customer whom a line names.</param>
    internal static IReadOnlyList<(int First, int Last)> RangesOf(long lines, int lastKey)
    {
        var count = (int)Math.Max(1, (lines + LinesAtOnce - 1) / LinesAtOnce);
        int[] inner = [.. Enumerable.Range(1, count - 1).Select(range => (int)((long)lastKey * range / count))];
        return [.. inner.Select(end => end + 1).Prepend(int.MinValue).Zip([.. inner, int.MaxValue])];
    }

    private static string Sql(string name) => SqlFile.Read(typeof(CustomerHistory), $"Populations/{name}.sql");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Connection.ExecuteAsync(
        "DROP MACRO TABLE IF EXISTS temp.customer_history; DROP MACRO IF EXISTS temp.usual_days; DROP TABLE IF EXISTS temp.kept_history", CancellationToken.None);
}
