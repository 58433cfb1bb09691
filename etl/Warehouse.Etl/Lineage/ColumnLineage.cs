using System.Data.Common;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Store;

namespace Warehouse.Etl.Lineage;

/// <summary>Where a column of the star comes from, as one feed fills it.</summary>
/// <param name="Column">The column of the star.</param>
/// <param name="Rule">How it is made of what the feed says.</param>
/// <param name="Feed">The feed; null where the load itself makes the column (keys, generation, time of knowledge).</param>
/// <param name="Said">What the feed says of it, as <c>name: expression</c>, the columns that it is made of in order.</param>
/// <param name="Files">The files that the feed reads.</param>
public sealed record ColumnLineage(string Column, string Rule, string? Feed, string? Said, string? Files)
{
    /// <summary>The lineage of a table's columns, in their order.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="feeds">The workspace's feeds.</param>
    /// <param name="name">A table of the star, or one of its columns: <c>fact_sale</c>, <c>star.fact_sale.net_amount</c>.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="WrongCommandException">There is no such table or column, or no feed can fill it.</exception>
    public static async Task<IReadOnlyList<ColumnLineage>> OfAsync(
        DbConnection connection, IReadOnlyList<Feed> feeds, string name, CancellationToken cancellationToken)
    {
        var parts = name.StartsWith("star.", StringComparison.Ordinal) ? name[5..].Split('.') : name.Split('.');
        var table = parts[0];
        var target = ColumnOrigins.TargetOf(table);
        var columns = await connection.RowsAsync(
            "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'star' AND table_name = $table ORDER BY column_index",
            row => row.GetString(0),
            cancellationToken,
            ("table", table));
        if (parts.Length > 1)
        {
            columns = columns.Contains(parts[1])
                ? [parts[1]]
                : throw new WrongCommandException($"star.{table} has no column \"{parts[1]}\". {NearNames.Hint(parts[1], columns, "columns")}");
        }

        var fills = feeds.SelectMany(feed => feed.Fills.Where(fill => fill.Target == target).Select(fill => (feed, fill))).ToArray();
        return
        [
            .. columns.SelectMany(column => ColumnOrigins.Of(table, column) is { } origin
                ? fills.Where(pair => origin.From.Any(from => pair.fill.Find(from) is not null)).Select(pair => new ColumnLineage(
                    column,
                    origin.Rule,
                    pair.feed.Name,
                    string.Join("; ", origin.From.Select(pair.fill.Find).OfType<ColumnMapping>().Select(MappingText.Of)),
                    string.Join(", ", pair.feed.Source.Files)))
                : [new ColumnLineage(column, "made by the load", null, null, null)]),
        ];
    }
}
