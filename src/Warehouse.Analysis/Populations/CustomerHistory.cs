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
    private CustomerHistory(DbConnection connection, PopulationOptions options, int generation) =>
        (Connection, Options, Generation) = (connection, options, generation);

    public DbConnection Connection { get; }

    public PopulationOptions Options { get; }

    public int Generation { get; }

    private static string Definition => SqlFile.Read(typeof(CustomerHistory), "Populations/customer_history.sql");

    /// <summary>Statements that ask for the history, with what it is before them.</summary>
    public static string Asking(string statements) => $"{Definition};\n\n{statements};\n\nDROP MACRO TABLE temp.customer_history; DROP MACRO temp.usual_days";

    /// <summary>Reads the facts, in a transaction of the caller's.</summary>
    public static async Task<CustomerHistory> ShareAsync(DbConnection connection, PopulationOptions options, CancellationToken cancellationToken)
    {
        var generation = await Store.Generation.CurrentAsync(connection, cancellationToken);
        await connection.ExecuteAsync(
            $"{Definition};\n\n{SqlFile.Read(typeof(CustomerHistory), "Populations/shared_history.sql")}",
            cancellationToken,
            [.. SalesWindow.Values(options), .. CustomerActivity.TrendValues(options.AsOf)]);
        return new CustomerHistory(connection, options, generation.Number);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Connection.ExecuteAsync(
        "DROP MACRO TABLE IF EXISTS temp.customer_history; DROP MACRO IF EXISTS temp.usual_days; DROP TABLE IF EXISTS temp.kept_history", CancellationToken.None);
}
