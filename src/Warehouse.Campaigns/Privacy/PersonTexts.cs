using System.Data.Common;
using Warehouse.DuckDb;
using Warehouse.Store;

namespace Warehouse.Campaigns.Privacy;

/// <summary>Looks for a person's telling texts in every text column of every table but the audit log.</summary>
internal static class PersonTexts
{
    private static readonly DuckDBCommandBuilder Quoted = new();

    /// <summary>Puts « (forgotten) » wherever such a text stands, and gives the places.</summary>
    public static async Task<IReadOnlyList<ErasedPlace>> EraseAsync(DbConnection connection, PersonTokens tokens, CancellationToken cancellationToken)
    {
        var places = new List<ErasedPlace>();
        foreach (var (table, column, isList) in await ColumnsAsync(connection, tokens, cancellationToken))
        {
            var rows = await connection.ExecuteAsync(
                isList
                    ? $"UPDATE {table} SET {column} = list_transform({column}, lambda part: CASE WHEN regexp_matches(part, $pattern, 'i') THEN '(forgotten)' ELSE part END) WHERE len(list_filter({column}, lambda part: regexp_matches(part, $pattern, 'i'))) > 0"
                    : $"UPDATE {table} SET {column} = '(forgotten)' WHERE regexp_matches({column}, $pattern, 'i')",
                cancellationToken,
                ("pattern", tokens.SqlPattern));
            if (rows > 0)
            {
                places.Add(new ErasedPlace($"{table}.{column}", rows));
            }
        }

        return places;
    }

    /// <summary>Where such a text still stands.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(DbConnection connection, PersonTokens tokens, CancellationToken cancellationToken)
    {
        var places = new List<string>();
        foreach (var (table, column, isList) in await ColumnsAsync(connection, tokens, cancellationToken))
        {
            var rows = await connection.ScalarAsync<long>(
                isList
                    ? $"SELECT count(*) FROM {table} WHERE len(list_filter({column}, lambda part: regexp_matches(part, $pattern, 'i'))) > 0"
                    : $"SELECT count(*) FROM {table} WHERE regexp_matches({column}, $pattern, 'i')",
                cancellationToken,
                ("pattern", tokens.SqlPattern));
            if (rows > 0)
            {
                places.Add(FormattableString.Invariant($"{table}.{column}: {rows} rows"));
            }
        }

        return places;
    }

    private static async Task<List<(string Table, string Column, bool IsList)>> ColumnsAsync(DbConnection connection, PersonTokens tokens, CancellationToken cancellationToken) =>
        tokens.Telling.Count == 0
            ? []
            : await connection.RowsAsync(
                """
                SELECT columns.schema_name, columns.table_name, columns.column_name, columns.data_type
                FROM duckdb_columns() AS columns
                JOIN duckdb_tables() AS tables ON tables.table_oid = columns.table_oid AND tables.database_name = columns.database_name
                WHERE columns.database_name = current_database() AND columns.data_type IN ('VARCHAR', 'VARCHAR[]', 'JSON')
                  AND NOT (columns.schema_name = 'ops' AND columns.table_name = 'audit_log')
                ORDER BY ALL
                """,
                row => ($"{Quoted.QuoteIdentifier(row.GetString(0))}.{Quoted.QuoteIdentifier(row.GetString(1))}", Quoted.QuoteIdentifier(row.GetString(2)), row.GetString(3) == "VARCHAR[]"),
                cancellationToken);
}

/// <summary>A table's column or a file of which something was taken.</summary>
/// <param name="Place">Which.</param>
/// <param name="Rows">Rows or lines that it was taken of.</param>
public sealed record ErasedPlace(string Place, long Rows);
