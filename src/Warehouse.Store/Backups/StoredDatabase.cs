using System.Data.Common;
using Warehouse.DuckDb;

namespace Warehouse.Store.Backups;

/// <summary>A database file that nobody works with: asked, and left as it is.</summary>
internal static class StoredDatabase
{
    /// <summary>Asks it something.</summary>
    public static async Task<T> AskAsync<T>(string path, Func<DbConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        var parts = new DuckDBConnectionStringBuilder { DataSource = path, AccessMode = "read_only" };
        await using var source = new DuckDBDataSource(parts.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await ask(connection);
    }

    /// <summary>The version of its schema.</summary>
    public static Task<int> VersionAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<int>("SELECT max(version) FROM ops.schema_version", cancellationToken);

    /// <summary>Its tables that have other rows than they should, in words.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(DbConnection connection, IReadOnlyList<BackupTable> expected, CancellationToken cancellationToken)
    {
        var quoted = new DuckDBCommandBuilder();
        var found = await connection.RowsAsync(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = current_database() AND NOT temporary ORDER BY ALL",
            row => (Schema: row.GetString(0), Table: row.GetString(1)),
            cancellationToken);
        var rows = expected.ToDictionary(table => table.Table, table => table.Rows, StringComparer.Ordinal);
        var differences = new List<string>();
        foreach (var (schema, table) in found)
        {
            var name = $"{schema}.{table}";
            var count = await connection.ScalarAsync<long>($"SELECT count(*) FROM {quoted.QuoteIdentifier(schema)}.{quoted.QuoteIdentifier(table)}", cancellationToken);
            if (!rows.Remove(name, out var should) || should != count)
            {
                differences.Add(FormattableString.Invariant($"{name} has {count} rows, and should have {should}"));
            }
        }

        return [.. differences, .. rows.Keys.Select(missing => $"{missing} is missing")];
    }
}
