using System.Data.Common;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Exports;

/// <summary>An export of a list to a destination (<c>ops.export</c>, with its rows in <c>ops.export_row</c>).</summary>
/// <param name="Key">Its key.</param>
/// <param name="Id">By which the destination knows it again.</param>
/// <param name="Kind">campaign or segment.</param>
/// <param name="List">The campaign or segment.</param>
/// <param name="Wave">The campaign's wave; 0 of segments.</param>
/// <param name="AsOf">The date that the list was found for.</param>
/// <param name="Generation">The generation of the warehouse that it was found in.</param>
/// <param name="Destination">Where it went.</param>
/// <param name="IsWhole">Whether it was the whole list; else what changed since the export before.</param>
/// <param name="ExportedAt">When.</param>
/// <param name="ExportedBy">Who did it.</param>
/// <param name="Purpose">Why, as he said; null where he said nothing.</param>
/// <param name="Rows">How many customers were sent.</param>
/// <param name="FinishedAt">When all of it had arrived; null while it is under way.</param>
/// <param name="ContentHash">SHA-256 of the bytes that were sent; null while it is under way.</param>
public sealed record Export(
    int Key,
    string Id,
    string Kind,
    string List,
    int Wave,
    DateOnly AsOf,
    int Generation,
    string Destination,
    bool IsWhole,
    DateTimeOffset ExportedAt,
    string ExportedBy,
    string? Purpose,
    long Rows,
    DateTimeOffset? FinishedAt,
    string? ContentHash)
{
    /// <summary>Every export, in their order.</summary>
    public static Task<List<Export>> AllAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.RowsAsync(
            """
            SELECT export_key, export_id, kind, list, wave, as_of, generation, destination, is_whole, exported_at, exported_by, purpose, row_count, finished_at, content_hash
            FROM ops.export
            ORDER BY export_key
            """,
            row => new Export(
                row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetFieldValue<DateOnly>(5), row.GetInt32(6),
                row.GetString(7), row.GetBoolean(8), row.GetFieldValue<DateTimeOffset>(9), row.GetString(10), row.TextOrNull(11), row.GetInt64(12),
                row.ValueOrNull<DateTimeOffset>(13), row.TextOrNull(14)),
            cancellationToken);

    /// <summary>The export of a key.</summary>
    /// <exception cref="WrongCommandException">There is none.</exception>
    public static async Task<Export> FindAsync(DbConnection connection, int key, CancellationToken cancellationToken) =>
        (await AllAsync(connection, cancellationToken)).Find(export => export.Key == key)
        ?? throw new WrongCommandException(FormattableString.Invariant($"There is no export {key}; 'warehouse export list' tells which there are."));
}

/// <summary>Who exports, and why.</summary>
public sealed record ExportReason(string Actor, string? Purpose);
