using System.Globalization;
using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Lifecycle;
using Warehouse.Analysis.Lifetimes;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Analysis.ValueTiers;
using Warehouse.Models.Lifetime;
using Warehouse.Store;

namespace Warehouse.Analysis.Snapshots;

/// <summary>
/// All that is true of every customer as of a date, computed in one pass and stored in <c>mart.customer_snapshot</c> as one
/// generation. A date that is stored already, by the same definition and from the same loads, persons and churn scores, is left as
/// it is. Whoever was forgotten counts for the scores of others, as he did before, and is not stored.
/// </summary>
public static class CustomerSnapshot
{
    /// <summary>Computes and stores a date.</summary>
    public static async Task<SnapshotReport> StoreAsync(
        WarehouseDatabase database, SnapshotOptions options, CancellationToken cancellationToken)
    {
        SnapshotReport? report = null;
        await database.PublishAsync(
            FormattableString.Invariant($"snapshot of {options.AsOf.Date:yyyy-MM-dd}"),
            async (publication, stop) =>
            {
                var stored = await StoredSnapshot.FindAsync(publication.Connection, options, stop);
                report = stored is { Changes: [] }
                    ? new SnapshotReport(options.AsOf.Date, options.Definition, null, stored.Customers, null, [])
                    : await StoreAsync(publication, options, stored?.Changes ?? [], stop);
                return report.Generation is not null;
            },
            cancellationToken);
        return report ?? throw new InvalidOperationException("The publication ended without a report.");
    }

    private static async Task<SnapshotReport> StoreAsync(
        Publication publication, SnapshotOptions options, IReadOnlyList<string> changes, CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        await using var history = await CustomerHistory.ShareAsync(connection, options.Population, cancellationToken);
        await using var sales = await CustomerSales.GatherAsync(history, cancellationToken);
        var scoring = await RfmScoring.FindAsync(
            sales, new RfmOptions(options.Population) { Bins = options.Segments.Bins, Segments = options.Segments }, cancellationToken);
        await using var tiers = await TierCuts.FindAsync(sales, new TierOptions(options.Population), cancellationToken);
        await using var activity = await CustomerActivity.GatherAsync(history, cancellationToken);
        var lifetime = await LifetimeAsync(activity, options, cancellationToken);
        await connection.ExecuteAsync(
            $"{RfmScoring.Sql};\n\n{TierCuts.Sql};\n\n{CustomerStages.Definition};\n\n{Sql("store")}",
            cancellationToken,
            [.. scoring.Values, .. tiers.Values, .. CustomerStages.Values(options.Stages)]);
        var (known, forgotten) = (await connection.RowsAsync(Sql("known"), row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];
        await connection.ExecuteAsync("DROP TABLE temp.customer_lifetime", cancellationToken);
        var model = lifetime?.Purchases is { Converged: true } fit ? fit.Kind.Name() : null;
        await connection.ExecuteAsync(
            Sql("record"),
            cancellationToken,
            ("as_of", options.AsOf.Date),
            ("definition", options.Definition),
            ("has_hindsight", options.AsOf.HasHindsight),
            ("generation", publication.Number),
            ("customers", known - forgotten),
            ("lifetime_model", model),
            ("computed_at", publication.StartedAt));
        return new SnapshotReport(
            options.AsOf.Date,
            options.Definition,
            publication.Number,
            known - forgotten,
            model,
            [.. Notes(changes, forgotten), .. sales.Notes, .. CustomerStages.Notes(known), .. lifetime?.Notes ?? []]);
    }

    /// <summary>Fills <c>temp.customer_lifetime</c>, or leaves it empty where lifetimes are not asked for.</summary>
    private static async Task<LifetimeResult?> LifetimeAsync(
        CustomerActivity activity, SnapshotOptions options, CancellationToken cancellationToken)
    {
        if (!options.WithLifetime)
        {
            await activity.Connection.ExecuteAsync(CustomerLifetimes.TableSql, cancellationToken);
            return null;
        }

        var lifetimes = await LifetimeAnalysis.RunAsync(activity, options.Lifetime, cancellationToken);
        await lifetimes.StoreAsync(cancellationToken);
        return lifetimes.Result;
    }

    private static IEnumerable<string> Notes(IReadOnlyList<string> changes, long forgotten)
    {
        if (changes.Count > 0)
        {
            yield return $"It was stored before, and is stored anew: {string.Join("; ", changes)}.";
        }

        if (forgotten > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Whoever was forgotten is left out: {forgotten:N0} of those known on the date.");
        }
    }

    private static string Sql(string name) => SqlFile.Read(typeof(CustomerSnapshot), $"Snapshots/{name}.sql");
}
