using System.Data.Common;
using Warehouse.Definitions;
using Warehouse.Etl.Star;
using Warehouse.Store;

namespace Warehouse.Etl.Lineage;

/// <summary>The line of a file that a row of the star, or an earlier version of it, comes from.</summary>
/// <param name="Generation">The generation that brought it.</param>
/// <param name="KnownAt">Since when the company knew it; null for tables that do not say.</param>
/// <param name="KnownTo">Until when it was taken for true; null where it still is.</param>
/// <param name="Feed">The feed; null for members that the warehouse made itself.</param>
/// <param name="Source">The file as people name it.</param>
/// <param name="Line">The line, from 1, the header included.</param>
/// <param name="ContentHash">SHA-256 of the file.</param>
/// <param name="LoadedAt">When the file was read.</param>
public sealed record RowLineage(
    int Generation,
    DateTimeOffset? KnownAt,
    DateTimeOffset? KnownTo,
    string? Feed,
    string? Source,
    long Line,
    string? ContentHash,
    DateTimeOffset? LoadedAt)
{
    /// <summary>The lines that a row comes from: all its versions, the latest first.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="name">A table of the star whose rows have a key: <c>fact_sale</c>, <c>star.dim_customer</c>.</param>
    /// <param name="key">The row's surrogate key: <c>sale_key</c>, <c>customer_key</c>, …</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="WrongCommandException">There is no such table, or its rows have no key.</exception>
    public static async Task<IReadOnlyList<RowLineage>> OfAsync(
        DbConnection connection, string name, long key, CancellationToken cancellationToken)
    {
        var table = name.StartsWith("star.", StringComparison.Ordinal) ? name[5..] : name;
        var target = ColumnOrigins.TargetOf(table);
        var rows = FactTable.Of(target) is { } fact
            ? $"SELECT {fact.Key} AS key, generation, known_at, nullif(known_to, TIMESTAMPTZ '9999-12-31 00:00:00+00') AS known_to, load_key, source_line FROM star.{fact.Name}_version"
            : table.StartsWith("dim_", StringComparison.Ordinal) || table == "customer_contact"
                ? $"SELECT {target.Name}_key AS key, generation, known_at, NULL AS known_to, load_key, source_line FROM star.{table}"
                : throw new WrongCommandException($"The rows of star.{table} have no key of their own; ask for a row of {string.Join(", ", ColumnOrigins.TableNames.Where(other => other.StartsWith("dim_", StringComparison.Ordinal) || other.StartsWith("fact_", StringComparison.Ordinal)))}.");
        return await connection.RowsAsync(
            $"""
            SELECT said.generation, known_at, known_to, feed, source, source_line, content_hash, finished_at
            FROM ({rows}) AS said
            LEFT JOIN ops.load AS load ON load.load_key = said.load_key
            WHERE key = $key
            ORDER BY known_at DESC, said.generation DESC, source_line
            """,
            row => new RowLineage(
                row.GetInt32(0), row.ValueOrNull<DateTimeOffset>(1), row.ValueOrNull<DateTimeOffset>(2), row.TextOrNull(3), row.TextOrNull(4),
                row.GetInt64(5), row.TextOrNull(6), row.ValueOrNull<DateTimeOffset>(7)),
            cancellationToken,
            ("key", key));
    }
}
