using System.Globalization;
using Warehouse.Charts;
using Warehouse.Models.Churn.Registry;
using Warehouse.Models.Churn.Training;

namespace Warehouse.Models.Churn.Reports;

/// <summary>A page that says what a model is for, what it learned from, how good it is and what to beware of.</summary>
internal static class ModelCard
{
    public static Report Of(RegisteredModel model, TrainingResult result) => new(
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

    private static ReportPart Intended(RegisteredModel model, TrainingResult result) => ReportPart.Of(
        "What it is",
        new ChartTable(
            [new(""), new("")],
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
