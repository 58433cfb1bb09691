using System.Globalization;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Training;

namespace Warehouse.Cli.Output;

/// <summary>What training, scoring and checking say of churn, as tables and in words.</summary>
internal static class ChurnAnswer
{
    private static readonly AnswerColumn[] MeasureColumns =
    [
        new("measure", "VARCHAR"),
        new("value", "DOUBLE", null, ColumnFormat.Number),
        new("low", "DOUBLE", "from", ColumnFormat.Number),
        new("high", "DOUBLE", "to", ColumnFormat.Number),
    ];

    public static Answer OfTraining(TrainingResult result) => new(
        result.Generation,
        result.AsOf,
        result.Definition,
        MeasureColumns,
        [
            Row("AUC", result.Test.Auc),
            Row("PR-AUC", result.Test.PrAuc),
            Row("log-loss", result.Test.LogLoss),
            Row("Brier", result.Test.Brier),
            ["calibration error", result.Test.CalibrationError, null, null],
            ["lift of the first tenth", result.Test.Deciles[0].Lift, null, null],
            ["EMPC", result.Test.Profit.Empc, null, null],
            .. result.Baselines.Select(baseline => Row($"AUC of {baseline.Key}", baseline.Value)),
        ]);

    public static string Words(TrainingResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Learner} learned from {result.TrainingRows:#,##0} customers and dates, tested {(result.AsOf is { } date ? $"as of {date:yyyy-MM-dd} on the {result.HorizonDays} days after it" : "out of fold")}: {result.Test.Customers:#,##0} customers, of whom {result.Test.ChurnRate:0.0 %} churned");

    private static object?[] Row(string name, Interval interval) => [name, interval.Value, interval.Low, interval.High];
}
