using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Etl.Quality.Reports;

/// <summary>One aspect of the quality of one thing.</summary>
/// <param name="Aspect">validity, completeness, uniqueness, timeliness, checks or rejects.</param>
/// <param name="Subject">The feed, column, check or rule.</param>
/// <param name="Share">The share that is good, 0 to 1; null where there is none to give.</param>
/// <param name="Offenders">How many are not.</param>
/// <param name="Rows">Of how many.</param>
/// <param name="Note">What else there is to say.</param>
public sealed record QualityFinding(string Aspect, string Subject, double? Share, long? Offenders, long? Rows, string? Note)
{
    /// <summary>All findings; the worst of each aspect first.</summary>
    public static async Task<IReadOnlyList<QualityFinding>> AllAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.RowsAsync(
            SqlFile.Read(typeof(QualityFinding), "Quality/Reports/quality.sql"),
            row => new QualityFinding(
                row.GetString(0), row.GetString(1), row.ValueOrNull<double>(2), row.ValueOrNull<long>(3), row.ValueOrNull<long>(4), row.TextOrNull(5)),
            cancellationToken);
}
