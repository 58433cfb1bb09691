using System.Globalization;
using Warehouse.Charts;
using Warehouse.Models.Churn.Registry;
using Warehouse.Models.Churn.Training;

namespace Warehouse.Models.Churn.Reports;

/// <summary>A page that says what a model is for, what it learned from, how good it is and what to beware of.</summary>
public static class ModelCard
{
    private const int DriftsShown = 15;

    internal static Report Of(RegisteredModel model, TrainingResult result) => new(
        Say($"{model.Model}, version {model.Version}"),
        new ReportOrigin(
            model.AsOf, model.Generation, Say($"{result.Test.Customers:#,##0} customers tested, of whom {result.Test.ChurnRate:0.0 %} churned."), model.Definition),
        [
            Intended(model, result),
            .. TestParts.Of(result.Test, result.Baselines),
            TestParts.Importances(result.Features),
            TestParts.Groups(result.Segments),
            ReportPart.Of(
                "Parameters",
                new ChartTable(
                    [new("name"), new("value")],
                    [.. result.Parameters.Select(parameter => (IReadOnlyList<object?>)[parameter.Key, Say($"{parameter.Value:0.######}")])])),
        ],
        [.. result.Notes, .. result.Dropped.Select(feature => $"{feature.Name} is not used: {feature.Reason}.")]);

    /// <summary>The card of a version with what became of its scores.</summary>
    public static Report Of(VersionCard card)
    {
        var report = Of(card.Model, card.Training);
        return report with { Parts = [.. report.Parts, .. Scored(card), .. card.Checks.Count == 0 ? [] : ChurnReports.ThenAndNow(card.Checks)] };
    }

    private static IEnumerable<ReportPart> Scored(VersionCard card)
    {
        yield return ReportPart.Of(
            "What it has scored",
            new ChartTable(
                [new("as of"), new("customers", ValueFormat.Count), new("mean probability", ValueFormat.Share), new("generation", ValueFormat.Count), new("scored")],
                [.. card.Scorings.Select(scoring => (IReadOnlyList<object?>)[scoring.AsOf, scoring.Customers, scoring.Mean, scoring.Generation, Say($"{scoring.ScoredAt:yyyy-MM-dd HH:mm}")])]));
        if (card.Scorings is [var latest, ..])
        {
            yield return TestParts.Drifts([.. latest.Drift.Take(DriftsShown)]);
        }
    }

    private static ReportPart Intended(RegisteredModel model, TrainingResult result) => ReportPart.Of(
        "What it is",
        new ChartTable(
            [new("what"), new("is")],
            [
                ["predicts", result.HorizonDays is { } days ? Say($"no purchase in the {days} days from a date") : "the label of a table"],
                ["learner", result.Learner],
                ["learned from", Say($"{result.TrainingRows:#,##0} rows{(result.TrainingDates.Count > 0 ? Say($", of {result.TrainingDates[0]:yyyy-MM-dd} to {result.TrainingDates[^1]:yyyy-MM-dd}") : "")}, generation {result.Generation}")],
                ["tested", result.AsOf is { } date ? Say($"as of {date:yyyy-MM-dd}, out of time") : "by cross-validation"],
                ["definition", model.Definition],
                ["seed", Say($"{result.Seed}")],
                ["trained", Say($"{model.TrainedAt:yyyy-MM-dd HH:mm} by {model.TrainedBy}")],
                ["status", model.Reason is null ? model.Status : $"{model.Status}: {model.Reason}"],
            ]));

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
