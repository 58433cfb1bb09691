using System.Data.Common;
using Warehouse.Models.Churn;
using Warehouse.Store;

namespace Warehouse.Analysis.Snapshots;

/// <summary>What stands of a date, and what of that which it was computed from is another now.</summary>
/// <param name="Customers">Customers stored.</param>
/// <param name="Changes">What has changed since, in words; nothing where it would be computed the same.</param>
internal sealed record StoredSnapshot(long Customers, IReadOnlyList<string> Changes)
{
    private static readonly string[] Words =
    [
        "the definition is another",
        "there are later loads",
        "who is who was resolved anew",
        "a customer was forgotten",
        "the churn scores are others",
    ];

    /// <summary>That of a date; null where it is not stored.</summary>
    public static async Task<StoredSnapshot?> FindAsync(DbConnection connection, SnapshotOptions options, CancellationToken cancellationToken) =>
        (await connection.RowsAsync(
            SqlFile.Read(typeof(StoredSnapshot), "Snapshots/stored_snapshot.sql"),
            row => new StoredSnapshot(row.GetInt64(0), [.. Words.Where((_, place) => row.GetBoolean(1 + place))]),
            cancellationToken,
            ("definition", options.Definition),
            ("has_hindsight", options.AsOf.HasHindsight),
            ("as_of", options.AsOf.Date),
            ("promotion", ChurnModels.PromotionReason))).FirstOrDefault();
}
