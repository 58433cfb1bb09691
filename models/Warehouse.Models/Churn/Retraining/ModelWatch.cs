using System.Data.Common;
using System.Globalization;
using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Registry;
using Warehouse.Models.Churn.Training;
using Warehouse.Store;

namespace Warehouse.Models.Churn.Retraining;

/// <summary>
/// Looks at the model that scores: how well it does on the newest date whose horizon has passed, and how far customers have moved
/// since it was tested.
/// </summary>
internal sealed class ModelWatch(DbConnection connection, ChurnDefinition definition, ModelRegistry registry, TimeZoneInfo zone)
{
    /// <summary>A feature with a smaller part in the scores may drift as it likes.</summary>
    private const double LeastShare = 0.05;

    /// <param name="stored">The model that scores; null where none does.</param>
    /// <param name="newest">The date that drift is looked at.</param>
    /// <param name="cancellationToken">Stops the looking.</param>
    public async Task<Look> LookAsync(StoredModel? stored, ChurnDate newest, CancellationToken cancellationToken)
    {
        var generation = (await Generation.CurrentAsync(connection, cancellationToken)).Number;
        if (stored is null)
        {
            return new Look(generation, [], [$"No version of {definition.Name} scores yet."], []);
        }

        if (stored.Definition != definition.Hash)
        {
            return new Look(
                generation, [], [FormattableString.Invariant($"Version {stored.Version} was trained by another definition than holds now, or by other SQL of the features.")], []);
        }

        var metrics = await registry.MetricsAsync(stored.Name, stored.Version, cancellationToken);
        var notes = new List<string>();
        List<WatchCheck> checks =
        [
            .. await QualityAsync(stored, metrics, newest, notes, cancellationToken),
            .. await DriftAsync(stored, metrics, newest, cancellationToken),
        ];
        return new Look(generation, checks, [.. checks.Where(check => check.IsCrossed).Select(Say)], notes);
    }

    /// <summary>Tells of a proposal or a training in <c>quality.alert</c>.</summary>
    public static Task AlertAsync(DbConnection connection, TimeProvider time, RetrainingResult result, CancellationToken cancellationToken)
    {
        var crossed = result.Checks.FirstOrDefault(check => check.IsCrossed);
        return result.Action == RetrainingAction.None
            ? Task.CompletedTask
            : Alerts.RaiseAsync(
                connection,
                time,
                new Alert("churn retrain", result.Model, result.AsOf, crossed?.Value, crossed?.Limit, $"{string.Join(' ', result.Reasons)} {result.Decision}"),
                cancellationToken);
    }

    private async Task<IEnumerable<WatchCheck>> QualityAsync(
        StoredModel stored, TrainingResult metrics, ChurnDate newest, List<string> notes, CancellationToken cancellationToken)
    {
        var passed = newest.AddDays(-definition.HorizonDays);
        if (stored.LearnedTo >= passed.Date)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"No horizon has passed since version {stored.Version} was tested as of {stored.LearnedTo:yyyy-MM-dd}: how well it does now is not known yet."));
            return [];
        }

        var now = (await new ChurnTraining(connection, definition, zone).EvaluateAsync(stored, passed.Date, cancellationToken)).Test;
        return
        [
            new WatchCheck(
                "AUC loss", passed.Date, metrics.Test.Auc.Value, now.Auc.Value, metrics.Test.Auc.Value - now.Auc.Value, definition.Watch.MostAucLoss),
            new WatchCheck(
                "calibration loss",
                passed.Date,
                metrics.Test.CalibrationError,
                now.CalibrationError,
                now.CalibrationError - metrics.Test.CalibrationError,
                definition.Watch.MostCalibrationLoss),
        ];
    }

    private async Task<IEnumerable<WatchCheck>> DriftAsync(
        StoredModel stored, TrainingResult metrics, ChurnDate newest, CancellationToken cancellationToken)
    {
        var cohort = await new StarFeatures(connection, definition).GatherAsync(newest, cancellationToken);
        if (cohort.Features.Rows == 0)
        {
            return [];
        }

        var carrying = metrics.Features.Where(feature => feature.Share >= LeastShare).Select(feature => feature.Feature)
            .Append(DriftReference.Score).ToHashSet(StringComparer.Ordinal);
        return stored.Reference.Compare(cohort.Features, stored.Model.Probabilities(cohort.Features, cancellationToken))
            .Where(drift => carrying.Contains(drift.Name))
            .OrderByDescending(drift => drift.Name == DriftReference.Score)
            .Select(drift => new WatchCheck(
                drift.Name == DriftReference.Score ? "drift of the scores" : $"drift of {drift.Name}", newest.Date, null, null, drift.Index, definition.Watch.MostDrift));
    }

    private static string Say(WatchCheck check) => check is { Then: { } then, Now: { } now }
        ? FormattableString.Invariant(
            $"As of {check.AsOf:yyyy-MM-dd} the {check.Measure} is {check.Value:0.000}, more than {check.Limit:0.###}: {now:0.000} against {then:0.000} in the test.")
        : FormattableString.Invariant(
            $"As of {check.AsOf:yyyy-MM-dd} the {check.Measure} since the test is {check.Value:0.00} (population stability index), more than {check.Limit:0.##}.");
}
