using System.Data.Common;
using Warehouse.DuckDb;

namespace Warehouse.Store;

/// <summary>
/// Copies a database whole into a new file while others read and write it: all of the copy is of one instant, and its tables have
/// the rows that the original had then.
/// </summary>
internal static class DatabaseCopy
{
    private static readonly DuckDBCommandBuilder Quoted = new();

    /// <summary>Copies the database of an open connection into a file, which appears whole or not at all.</summary>
    /// <param name="connection">The connection, without a transaction.</param>
    /// <param name="path">The new file; one that is there already is replaced.</param>
    /// <param name="cancellationToken">Leaves no file.</param>
    /// <returns>Every table with its schema, and its rows.</returns>
    public static async Task<IReadOnlyList<(string Table, long Rows)>> ToFileAsync(DbConnection connection, string path, CancellationToken cancellationToken)
    {
        var from = await connection.ScalarAsync<string>("SELECT current_database()", cancellationToken);
        var to = FormattableString.Invariant($"copy_{Guid.NewGuid():N}");
        var unfinished = FormattableString.Invariant($"{path}.{Environment.ProcessId}.unfinished");
        File.Delete(unfinished);
        try
        {
            await connection.ExecuteAsync($"ATTACH '{Escaped(unfinished)}' AS {to}", cancellationToken);
            IReadOnlyList<(string Table, long Rows)> tables;
            try
            {
                await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
                {
                    tables = await BetweenAsync(connection, from, to, cancellationToken);
                    await transaction.CommitAsync(cancellationToken);
                }

                await connection.ExecuteAsync($"CHECKPOINT {to}", cancellationToken);
            }
            finally
            {
                await connection.ExecuteAsync($"DETACH {to}", CancellationToken.None);
            }

            File.Move(unfinished, path, overwrite: true);
            return tables;
        }
        finally
        {
            File.Delete(unfinished);
            File.Delete(unfinished + ".wal");
        }
    }

    /// <summary>Copies one attached database into another, empty one.</summary>
    /// <returns>Every table with its schema, and its rows.</returns>
    /// <exception cref="InvalidOperationException">The copy has other rows than the original.</exception>
    public static async Task<IReadOnlyList<(string Table, long Rows)>> BetweenAsync(
        DbConnection connection, string from, string to, CancellationToken cancellationToken)
    {
        var (before, after) = (Quoted.QuoteIdentifier(from), Quoted.QuoteIdentifier(to));
        await connection.ExecuteAsync($"COPY FROM DATABASE {before} TO {after}", cancellationToken);
        var tables = await connection.RowsAsync(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = $from AND NOT temporary ORDER BY ALL",
            row => (Schema: row.GetString(0), Table: row.GetString(1)),
            cancellationToken,
            ("from", from));
        var counted = new List<(string, long)>();
        foreach (var (schema, table) in tables)
        {
            var name = $"{Quoted.QuoteIdentifier(schema)}.{Quoted.QuoteIdentifier(table)}";
            var (rows, copied) = (await connection.RowsAsync(
                $"SELECT (SELECT count(*) FROM {before}.{name}), (SELECT count(*) FROM {after}.{name})", row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];
            if (rows != copied)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"The copy of {name} has {copied} rows, and the original {rows}."));
            }

            counted.Add(($"{schema}.{table}", rows));
        }

        return counted;
    }

    /// <summary>A path as a literal of <c>ATTACH</c>, which takes no parameter.</summary>
    public static string Escaped(string path) => path.Replace("'", "''", StringComparison.Ordinal);
}
