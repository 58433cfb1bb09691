using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text;
using Warehouse.Analysis.Customers;
using Warehouse.DuckDb;
using Warehouse.Store;

namespace Warehouse.Campaigns.Privacy;

/// <summary>All that the warehouse holds of a person, table by table, to be given to him.</summary>
/// <param name="CustomerKey">The person.</param>
/// <param name="DisclosedAt">When it was gathered.</param>
/// <param name="Generation">The generation of the warehouse.</param>
/// <param name="Tables">The tables that hold something of him, by their names.</param>
public sealed record Disclosure(int CustomerKey, DateTimeOffset DisclosedAt, int Generation, IReadOnlyList<DisclosedTable> Tables)
{
    private const string Title = "What is held of you";
    private static readonly DuckDBCommandBuilder Quoted = new();

    /// <summary>Gathers all that is held of the customer of an identifier.</summary>
    /// <exception cref="Definitions.WrongCommandException">There is no such customer, or several share the identifier.</exception>
    public static async Task<Disclosure> GatherAsync(DbConnection connection, string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var key = await CustomerViews.FindAsync(connection, id, cancellationToken);
        var tables = new List<DisclosedTable>();
        foreach (var (table, filter) in await OfPersonsAsync(connection, cancellationToken))
        {
            var held = await RowsAsync(connection, table, filter, key, cancellationToken);
            if (held.Rows.Count > 0)
            {
                tables.Add(held);
            }
        }

        return new Disclosure(key, at, (await Store.Generation.CurrentAsync(connection, cancellationToken)).Number, tables);
    }

    /// <summary>Whether a text is a disclosure that was written before: all of it is about one person.</summary>
    internal static bool IsOne(string text) =>
        text.Contains($"<title>{Title}</title>", StringComparison.Ordinal)
        || (text.Contains("\"customerKey\":", StringComparison.Ordinal) && text.Contains("\"disclosedAt\":", StringComparison.Ordinal));

    /// <summary>By which the audit log names the person.</summary>
    public static async Task<string> SubjectAsync(WarehouseDatabase database, int customerKey, CancellationToken cancellationToken) =>
        await database.RecordAsync((connection, _, stop) => CustomerErasure.SubjectAsync(connection, customerKey, stop), cancellationToken);

    /// <summary>The same as a page that people can read.</summary>
    public string Html()
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>" + Title + "</title></head>\n<body>\n<h1>" + Title + "</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>As of {DisclosedAt:yyyy-MM-dd HH:mm} UTC.</p>\n");
        foreach (var table in Tables)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(table.Table)}</h2>\n<table>\n<thead><tr>");
            page.AppendJoin("", table.Columns.Select(column => $"<th scope=\"col\">{WebUtility.HtmlEncode(column)}</th>")).Append("</tr></thead>\n<tbody>\n");
            foreach (var row in table.Rows)
            {
                page.Append("<tr>").AppendJoin("", row.Select(value => $"<td>{WebUtility.HtmlEncode(value)}</td>")).Append("</tr>\n");
            }

            page.Append("</tbody>\n</table>\n");
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    /// <summary>Every table with a person's key or identifiers; of the audit log nothing but that it is there.</summary>
    private static Task<List<(string Table, string Filter)>> OfPersonsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.RowsAsync(
            """
            SELECT columns.schema_name, columns.table_name, list(columns.column_name)
            FROM duckdb_columns() AS columns
            JOIN duckdb_tables() AS tables ON tables.table_oid = columns.table_oid AND tables.database_name = columns.database_name
            WHERE columns.database_name = current_database() AND NOT columns.internal
              AND columns.column_name IN ('customer_key', 'identity_key', 'source_id')
              AND columns.schema_name IN ('star', 'mart', 'ops') AND columns.table_name <> 'forgotten_customer'
            GROUP BY ALL
            ORDER BY ALL
            """,
            row =>
            {
                var names = (IReadOnlyList<string>)row.GetFieldValue<List<string>>(2);
                return (
                    $"{Quoted.QuoteIdentifier(row.GetString(0))}.{Quoted.QuoteIdentifier(row.GetString(1))}",
                    names.Contains("customer_key") ? "customer_key = $key"
                        : names.Contains("identity_key") ? "identity_key IN (SELECT identity_key FROM star.customer_identity WHERE customer_key = $key)"
                        : "(source, source_id) IN (SELECT (source, source_id) FROM star.customer_identity WHERE customer_key = $key)");
            },
            cancellationToken);

    private static async Task<DisclosedTable> RowsAsync(DbConnection connection, string table, string filter, int key, CancellationToken cancellationToken)
    {
        await using var command = connection.Command($"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {table} WHERE {filter} ORDER BY ALL", ("key", key));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var rows = new List<IReadOnlyList<string?>>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.TextOrNull)]);
        }

        return new DisclosedTable(table.Replace("\"", "", StringComparison.Ordinal), columns, rows);
    }
}

/// <summary>What a table holds of a person.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows as text, in the order of the columns.</param>
public sealed record DisclosedTable(string Table, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows);
