using System.Data.Common;
using Warehouse.DuckDb;

namespace Warehouse.Store;

/// <summary>
/// Writes a database anew, so that nothing which was deleted stays in blocks that the engine only marks as free. It needs the
/// file for itself.
/// </summary>
public static class DatabaseRewrite
{
    /// <summary>Copies every table into a new file, counts them, and puts it in the place of the old one.</summary>
    /// <exception cref="InvalidOperationException">The copy has other rows than the original, which stays.</exception>
    public static Task RunAsync(Workspace workspace, CancellationToken cancellationToken) => workspace.Running is { } running
        ? running.AloneAsync(() => RewriteAsync(workspace, cancellationToken), cancellationToken)
        : RewriteAsync(workspace, cancellationToken);

    private static async Task RewriteAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var path = workspace.DatabasePath;
        var fresh = path + ".fresh";
        File.Delete(fresh);
        try
        {
            await using (var connection = new DuckDBConnection("Data Source=:memory:"))
            {
                await connection.OpenAsync(cancellationToken);
                await connection.ExecuteAsync($"ATTACH '{Escaped(path)}' AS before; ATTACH '{Escaped(fresh)}' AS after", cancellationToken);
                await connection.ExecuteAsync("COPY FROM DATABASE before TO after", cancellationToken);
                foreach (var table in await TablesAsync(connection, cancellationToken))
                {
                    await RequireEqualAsync(connection, table, cancellationToken);
                }

                await connection.ExecuteAsync("CHECKPOINT after; DETACH before; DETACH after", cancellationToken);
            }

            File.Move(fresh, path, overwrite: true);
            File.Delete(path + ".wal");
        }
        finally
        {
            File.Delete(fresh);
            File.Delete(fresh + ".wal");
        }
    }

    /// <summary>Every table of the copy as it is quoted, without the database's name.</summary>
    private static Task<List<string>> TablesAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var quoted = new DuckDBCommandBuilder();
        return connection.RowsAsync(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'before' ORDER BY ALL",
            row => $"{quoted.QuoteIdentifier(row.GetString(0))}.{quoted.QuoteIdentifier(row.GetString(1))}",
            cancellationToken);
    }

    private static async Task RequireEqualAsync(DbConnection connection, string table, CancellationToken cancellationToken)
    {
        var (before, after) = (await connection.RowsAsync(
            $"SELECT (SELECT count(*) FROM before.{table}), (SELECT count(*) FROM after.{table})", row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];
        if (before != after)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"The copy of {table} has {after} rows, and the original {before}."));
        }
    }

    private static string Escaped(string path) => path.Replace("'", "''", StringComparison.Ordinal);
}
