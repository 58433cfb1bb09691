using System.Globalization;
using Warehouse.Charts;
using Warehouse.Models.Lifetime;

namespace Warehouse.Analysis.Lifetimes;

/// <summary>Lifetime models as a report: the tracking plots and the parameters.</summary>
public static class LifetimeCharts
{
    /// <summary>The report.</summary>
    public static Report Of(LifetimeResult result) => new(
        "Lifetime: purchases to come and what they are worth",
        new ReportOrigin(result.AsOf.Date, result.Generation, $"{result.Customers.ToString("#,##0", CultureInfo.InvariantCulture)} customers. {result.Words}", result.Definition),
        [Spread(result), Tenths(result), Cumulative(result), Weekly(result), Holdout(result), Parameters(result)],
        result.Notes);

    private static BarChart Spread(LifetimeResult result) => new(
        "What customers are expected to be worth",
        "tenth of the customers, the most valuable first",
        new Axis("value of all together", ValueFormat.Money),
        [.. result.Tenths.Select(tenth => tenth.Number.ToString(CultureInfo.InvariantCulture))],
        [new BarSeries("expected value", [.. result.Tenths.Select(tenth => (double?)tenth.Value)])])
    {
        Description = "Discounted value of all purchases to come, by tenth of the customers; those of equal value are in the same one.",
    };

    private static ReportPart Tenths(LifetimeResult result) => ReportPart.Of(
        "Tenths by expected value",
        new ChartTable(
            [new("tenth"), new("customers", ValueFormat.Count), new("from", ValueFormat.Money), new("to", ValueFormat.Money), new("value of all", ValueFormat.Money), new("purchases to come", ValueFormat.Number)],
            [.. result.Tenths.Select(tenth => (IReadOnlyList<object?>)[tenth.Number, tenth.Customers, tenth.Least, tenth.Most, tenth.Value, tenth.Purchases])]));

    private static LineChart Cumulative(LifetimeResult result) => Tracking(result, "Tracking: cumulative repeat purchases", result.Tracking);

    private static LineChart Weekly(LifetimeResult result) => Tracking(
        result,
        "Tracking: repeat purchases by week",
        [
            .. result.Tracking.Skip(1).Zip(result.Tracking, (point, before) => new TrackingPoint(
                point.Time, (point.Expected - before.Expected) / (point.Time - before.Time), (point.Actual - before.Actual) / (point.Time - before.Time))),
        ]);

    private static LineChart Tracking(LifetimeResult result, string title, IReadOnlyList<TrackingPoint> points) => new(
        title,
        new Axis("weeks since the first sale", ValueFormat.Count),
        new Axis("repeat purchases", ValueFormat.Count),
        [
            new ChartLine("actual", [.. points.Select(point => new ChartPoint(point.Time, point.Actual))]),
            new ChartLine("expected", [.. points.Select(point => new ChartPoint(point.Time, point.Expected))]) { IsDashed = true },
        ])
    {
        Description = result.CalibrationWeeks is null
            ? "What the model expects of all customers beside what they bought; it was fitted to all weeks."
            : "What the model expects of all customers beside what they bought; it has seen the weeks before the dotted line alone.",
        Mark = result.CalibrationWeeks is { } weeks ? (weeks, "fitted until here") : null,
    };

    private static ReportPart Holdout(LifetimeResult result) => ReportPart.Of(
        "Choice of the model by holdout",
        new ChartTable(
            [new("model"), new("bought", ValueFormat.Count), new("predicted", ValueFormat.Number), new("mean absolute error", ValueFormat.Number), new("root mean squared error", ValueFormat.Number)],
            [
                .. (result.Choice?.Candidates ?? []).Select(candidate => (IReadOnlyList<object?>)
                [
                    candidate.Fit.Model, candidate.Holdout?.Actual, candidate.Holdout?.Predicted, candidate.Holdout?.MeanAbsoluteError,
                    candidate.Holdout?.RootMeanSquaredError,
                ]),
            ]));

    private static ReportPart Parameters(LifetimeResult result) => ReportPart.Of(
        "Parameters",
        new ChartTable(
            [new("model"), new("parameter"), new("estimate", ValueFormat.Number), new("standard error", ValueFormat.Number)],
            [
                .. new[] { result.Purchases, result.Spend }.OfType<LifetimeFit>().SelectMany(fit => fit.Parameters.Select(parameter =>
                    (IReadOnlyList<object?>)[fit.Model, parameter.Key, parameter.Value, fit.StandardErrors.GetValueOrDefault(parameter.Key)])),
            ]));
}
