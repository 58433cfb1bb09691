using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Models.Churn.Scoring;

/// <summary>
/// Keeps every scoring of a date in <c>mart.churn_score</c>, whatever other versions say of it, and shows the version in
/// force in <c>mart.customer_snapshot</c>.
/// </summary>
internal sealed class KeptScores(DbConnection connection, string model)
{
    /// <summary>
    /// Keeps what temp.churn_scored says. Where the same version said the same of the date before, that stands; where it said
    /// something else, of data that have changed since, both stand.
    /// </summary>
    public async Task<Keeping> KeepAsync(DateOnly asOf, int version, int generation, CancellationToken cancellationToken)
    {
        var (last, differing) = (await connection.RowsAsync(
            Sql("kept"),
            row => (Generation: row.ValueOrNull<int>(0), Differing: row.GetInt64(1)),
            cancellationToken,
            ("as_of", asOf), ("model", model), ("version", version)))[0];
        var isNew = last is null || differing > 0;
        var kept = isNew ? generation : last!.Value;
        await connection.ExecuteAsync(
            Sql(isNew ? "keep" : "add_reasons"),
            cancellationToken,
            ("as_of", asOf), ("model", model), ("version", version), ("generation", kept));
        return new Keeping(kept, isNew, isNew ? last : null, differing);
    }

    /// <summary>Shows the scoring in force in the snapshot of a date.</summary>
    /// <returns>Its version.</returns>
    public async Task<int> ShowAsync(DateOnly asOf, CancellationToken cancellationToken)
    {
        var (version, generation) = (await connection.RowsAsync(
            Sql("in_force"),
            row => (row.GetInt32(0), row.GetInt32(1)),
            cancellationToken,
            ("as_of", asOf), ("model", model)))[0];
        await connection.ExecuteAsync(
            Sql("snapshot"),
            cancellationToken,
            ("as_of", asOf), ("model", model), ("version", version), ("generation", generation));
        return version;
    }

    /// <summary>The dates that a version has scored, rising.</summary>
    public Task<List<DateOnly>> DatesAsync(int version, CancellationToken cancellationToken) => connection.RowsAsync(
        """
        SELECT DISTINCT as_of FROM mart.churn_score WHERE model = $model AND version = $version ORDER BY as_of
        """,
        row => row.GetFieldValue<DateOnly>(0),
        cancellationToken,
        ("model", model), ("version", version));

    private static string Sql(string name) => SqlFile.Read(typeof(KeptScores), $"Churn/Scoring/{name}.sql");
}

/// <summary>How a scoring was kept.</summary>
/// <param name="Generation">The generation that it is kept by.</param>
/// <param name="IsNew">Whether it was not there already.</param>
/// <param name="Earlier">The scoring of the same date and version that says something else; null where there is none.</param>
/// <param name="Differing">The customers of whom it does.</param>
internal sealed record Keeping(int Generation, bool IsNew, int? Earlier, long Differing);
