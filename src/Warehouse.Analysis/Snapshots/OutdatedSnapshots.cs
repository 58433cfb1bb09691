using System.Data.Common;
using System.Globalization;
using Warehouse.Store;

namespace Warehouse.Analysis.Snapshots;

/// <summary>Dates that were stored before customers were taken for one, or for different ones: they show the persons of then.</summary>
/// <param name="Dates">How many.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
public sealed record OutdatedSnapshots(long Dates, DateOnly First, DateOnly Last)
{
    /// <summary>Looks for them; null where there are none.</summary>
    public static async Task<OutdatedSnapshots?> FindAsync(DbConnection connection, CancellationToken cancellationToken) =>
        (await connection.RowsAsync(
            SqlFile.Read(typeof(OutdatedSnapshots), "Snapshots/outdated.sql"),
            row => row.GetInt64(0) == 0 ? null : new OutdatedSnapshots(row.GetInt64(0), row.GetFieldValue<DateOnly>(1), row.GetFieldValue<DateOnly>(2)),
            cancellationToken))[0];

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Snapshots of {Dates:N0} {(Dates == 1 ? "date" : "dates")} ({First:yyyy-MM-dd} to {Last:yyyy-MM-dd}) are of before customers were merged or split: 'warehouse snapshot' of a date stores it anew.");
}
