using System.Data.Common;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Registry;
using Warehouse.Store;

namespace Warehouse.Models.Churn.Scoring;

/// <summary>Scores every customer of the population as of a date, keeps what it says, and shows it in the snapshot where its version is in force.</summary>
internal sealed class ChurnScoring(DbConnection connection, ChurnDefinition definition, StoredModel stored, TimeProvider time)
{
    private const int ReasonsKept = 3;
    private const int DriftsShown = 10;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Refuses a model that was trained by another definition: its features may mean something else.</summary>
    /// <exception cref="UserFaultException">It is so.</exception>
    public static void RequireSameDefinition(ChurnDefinition definition, StoredModel stored)
    {
        if (stored.Definition != definition.Hash)
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"Version {stored.Version} of {stored.Name} was trained by another definition ({stored.Definition[..12]}…) than holds now ({definition.Hash[..12]}…): the definition's file, the horizon or the SQL of the features has changed. Train again, or bring the definition back; what it was is in ops.churn_model."));
        }
    }

    public async Task<ScoringResult> RunAsync(ChurnDate asOf, int generation, bool withReasons, CancellationToken cancellationToken)
    {
        var cohort = await new StarFeatures(connection, definition).GatherAsync(asOf, cancellationToken);
        var scored = Score(cohort, withReasons, cancellationToken);
        await WriteAsync(cohort, scored, cancellationToken);
        var drift = cohort.Features.Rows == 0 ? [] : stored.Reference.Compare(cohort.Features, scored.Probabilities);
        var kept = new KeptScores(connection, stored.Name);
        var keeping = await kept.KeepAsync(asOf.Date, stored.Version, generation, cancellationToken);
        if (keeping.IsNew)
        {
            await RecordAsync(asOf, generation, scored, drift, cancellationToken);
        }

        var shown = await kept.ShowAsync(asOf.Date, cancellationToken);
        return Total(asOf, generation, cohort, scored, drift, [.. Told(asOf, keeping, shown)]);
    }

    private Scored Score(Cohort cohort, bool withReasons, CancellationToken cancellationToken)
    {
        var model = stored.Model;
        var rows = model.Encoding.Encode(cohort.Features);
        var margins = model.Scorer.Score(rows, cancellationToken);
        return new Scored(
            margins,
            model.Calibrator.ToProbabilities(margins),
            Values(cohort.Features),
            withReasons ? ReasonsOf(cohort.Features, rows, cancellationToken) : null);
    }

    private string[] ReasonsOf(FeatureTable table, float[] rows, CancellationToken cancellationToken)
    {
        var width = stored.Model.Encoding.Columns.Count;
        var contributions = new double[rows.Length];
        stored.Model.Scorer.Explain(rows, contributions, cancellationToken);
        var reasons = new Reasons(stored.Model, table);
        var texts = new string[table.Rows];
        Parallel.For(0, table.Rows, new ParallelOptions { CancellationToken = cancellationToken }, row =>
            texts[row] = JsonSerializer.Serialize(
                reasons.Of(row, contributions.AsSpan(row * width, width))
                    .OrderByDescending(reason => Math.Abs(reason.Contribution)).Take(ReasonsKept)
                    .Select(reason => reason with { Contribution = Math.Round(reason.Contribution, 4) }),
                Json));
        return texts;
    }

    private static float[] Values(FeatureTable table) =>
        table.IndexOf(FeatureNames.SpentLastYear) is >= 0 and var column ? table.Column(column) : new float[table.Rows];

    private async Task WriteAsync(Cohort cohort, Scored scored, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(Sql("scored"), cancellationToken);
        using var appender = ((DuckDBConnection)connection).CreateAppender("temp", "main", "churn_scored");
        for (var first = 0; first < cohort.CustomerKeys.Length; first += DuckDBAppender.ChunkCapacity)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(DuckDBAppender.ChunkCapacity, cohort.CustomerKeys.Length - first);
            cohort.CustomerKeys.AsSpan(first, count).CopyTo(appender.Column(0).AsSpan<int>());
            scored.Probabilities.AsSpan(first, count).CopyTo(appender.Column(1).AsSpan<double>());
            scored.Margins.AsSpan(first, count).CopyTo(appender.Column(2).AsSpan<double>());
            for (var row = 0; row < count; row++)
            {
                appender.Column(3).WriteText(row, definition.Bands.Of(scored.Probabilities[first + row]));
                appender.Column(4).Write(row, (double)scored.Values[first + row]);
                if (scored.Reasons is { } reasons)
                {
                    appender.Column(5).WriteText(row, reasons[first + row]);
                }
                else
                {
                    appender.Column(5).WriteNull(row);
                }
            }

            appender.AppendChunk(count);
        }

        appender.Close();
    }

    private async Task RecordAsync(
        ChurnDate asOf, int generation, Scored scored, IReadOnlyList<Drift> drift, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            Sql("record_scoring"),
            cancellationToken,
            ("as_of", asOf.Date),
            ("model", stored.Name),
            ("version", stored.Version),
            ("generation", generation),
            ("customers", (long)scored.Probabilities.Length),
            ("mean", scored.Probabilities.Length == 0 ? 0 : scored.Probabilities.Average()),
            ("drift", JsonSerializer.Serialize(drift, Json)),
            ("scored_at", time.GetUtcNow()));
        foreach (var moved in drift.Where(moved => moved.Index > definition.Watch.MostDrift))
        {
            await Alerts.RaiseAsync(
                connection,
                time,
                new Alert("churn drift", $"{stored.Name}: {moved.Name}", asOf.Date, moved.Index, definition.Watch.MostDrift, FormattableString.Invariant(
                    $"{moved.Name} has moved since version {stored.Version} of {stored.Name} was tested (population stability index {moved.Index:0.00}, limit {definition.Watch.MostDrift}).")),
                cancellationToken);
        }
    }

    /// <summary>What is kept beside, and what the snapshot shows.</summary>
    private IEnumerable<string> Told(ChurnDate asOf, Keeping keeping, int shown)
    {
        if (keeping.Earlier is { } earlier)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The data have changed since version {stored.Version} scored {asOf} in generation {earlier}: of {keeping.Differing:#,##0} customers it says something else now. Both scorings are kept in mart.churn_score, and the later one holds.");
        }

        if (shown != stored.Version)
        {
            yield return FormattableString.Invariant(
                $"The snapshot of {asOf} goes on showing version {shown}, which is promoted. The scores of version {stored.Version} are kept in mart.churn_score.");
        }
    }

    private ScoringResult Total(
        ChurnDate asOf, int generation, Cohort cohort, Scored scored, IReadOnlyList<Drift> drift, List<string> notes)
    {
        var rows = Enumerable.Range(0, cohort.Features.Rows);
        var bands = rows.GroupBy(row => definition.Bands.Of(scored.Probabilities[row]))
            .ToDictionary(band => band.Key, band => new BandTotal(band.Key, band.Count(), band.Sum(row => scored.Probabilities[row] * scored.Values[row])), StringComparer.Ordinal);
        if (cohort.Features.Rows == 0)
        {
            notes.Add(FormattableString.Invariant($"There is nobody to score: nobody bought anything in the {definition.LookbackDays} days before {asOf}."));
        }

        if (drift.FirstOrDefault(moved => moved.Name == DriftReference.Score) is { } score && score.Index > definition.Watch.MostDrift)
        {
            notes.Add(FormattableString.Invariant(
                $"The scores have moved since the model was tested (population stability index {score.Index:0.00}): train again, or look at what has changed."));
        }

        return new ScoringResult(
            generation,
            asOf.Date,
            definition.HorizonDays,
            definition.Hash,
            stored.Name,
            stored.Version,
            cohort.Features.Rows,
            cohort.Features.Rows == 0 ? null : scored.Probabilities.Average(),
            [.. RiskBands.Names.Select(name => bands.GetValueOrDefault(name) ?? new BandTotal(name, 0, 0))],
            [.. drift.Take(DriftsShown)],
            notes);
    }

    private static string Sql(string name) => SqlFile.Read(typeof(ChurnScoring), $"Churn/Scoring/{name}.sql");

    private sealed record Scored(double[] Margins, double[] Probabilities, float[] Values, string[]? Reasons);
}
