using Warehouse.Charts;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Registry;
using Warehouse.Models.Churn.Training;

namespace Warehouse.Models.Churn.Reports;

/// <summary>What is drawn of a test, of features and of drift.</summary>
internal static class TestParts
{
    private const int FeaturesShown = 15;

    /// <summary>How good probabilities were: measures, reliability, lift and gain, profit.</summary>
    public static IEnumerable<ReportPart> Of(ChurnMetrics test, IReadOnlyDictionary<string, Interval> baselines) =>
    [
        Measures(test, baselines),
        new ReliabilityChart(
            "Said and seen", [.. test.Reliability.Select(bin => new Warehouse.Charts.ReliabilityBin(bin.Said, bin.Seen, bin.Customers))])
        {
            Description = "The probability that was said of customers, in tenths, and the part of them that churned.",
        },
        new BarChart(
            "Lift by tenth of the customers",
            "tenth, the most likely first",
            new Axis("lift"),
            [.. test.Deciles.Select(decile => Text($"{decile.Number}"))],
            [new BarSeries("lift", [.. test.Deciles.Select(decile => (double?)decile.Lift)])])
        {
            Description = "The churn rate of each tenth as a multiple of everybody's.",
        },
        new LineChart(
            "Gain: churners reached by depth",
            new Axis("share of customers reached", ValueFormat.Share),
            new Axis("share of churners reached", ValueFormat.Share),
            [
                new ChartLine("by the model", [new ChartPoint(0, 0), .. test.Deciles.Select(decile => new ChartPoint(decile.Number / 10.0, decile.Gain))]),
                new ChartLine("by chance", [new ChartPoint(0, 0), new ChartPoint(1, 1)]) { IsDashed = true },
            ])
        {
            Description = "Of all who churned, how many are among the most likely share of customers.",
        },
        Profit(test.Profit),
    ];

    /// <summary>Which features the scores come from.</summary>
    public static ReportPart Importances(IReadOnlyList<FeatureImportance> features)
    {
        var shown = features.Take(FeaturesShown).ToList();
        return new BarChart(
            "What the scores come from",
            "feature",
            new Axis("part in the scores", ValueFormat.Share),
            [.. shown.Select(feature => feature.Feature)],
            [new BarSeries("part in the scores", [.. shown.Select(feature => (double?)feature.Share)])])
        {
            Description = "The mean size of each feature's contributions (SHAP) as a share of all of them.",
            IsHorizontal = true,
        };
    }

    /// <summary>How far scores and features have moved since the test.</summary>
    public static ReportPart Drifts(IReadOnlyList<Drift> drifts) => new BarChart(
        "How far customers have moved since the test",
        "score or feature",
        new Axis("population stability index"),
        [.. drifts.Select(drift => drift.Name)],
        [new BarSeries("population stability index", [.. drifts.Select(drift => (double?)drift.Index)])])
    {
        Description = "Below 0.1 little has moved, above 0.25 much has.",
        IsHorizontal = true,
    };

    /// <summary>The test by groups of customers.</summary>
    public static ReportPart Groups(IReadOnlyList<SegmentMetrics> segments) => ReportPart.Of(
        "By groups of customers",
        new ChartTable(
            [new("by"), new("group"), new("customers", ValueFormat.Count), new("churned", ValueFormat.Share), new("said", ValueFormat.Share), new("AUC", ValueFormat.Number)],
            [.. segments.Select(segment => (IReadOnlyList<object?>)[segment.By, segment.Segment, segment.Customers, segment.ChurnRate, segment.Said, segment.Auc])]));

    private static ReportPart Measures(ChurnMetrics test, IReadOnlyDictionary<string, Interval> baselines) => ReportPart.Of(
        "How good it is",
        new ChartTable(
            [new("measure"), new("value", ValueFormat.Number), new("from", ValueFormat.Number), new("to", ValueFormat.Number)],
            [
                Row("AUC", test.Auc),
                .. baselines.Select(baseline => Row($"AUC of {baseline.Key} alone", baseline.Value)),
                Row("PR-AUC", test.PrAuc),
                Row("log-loss", test.LogLoss),
                Row("Brier", test.Brier),
                ["calibration error", test.CalibrationError, null, null],
                ["EMPC per customer", test.Profit.Empc, null, null],
            ]),
        "With 95 % intervals by bootstrap.");

    private static ReportPart Profit(RetentionProfit profit)
    {
        var economics = profit.Economics;
        return new LineChart(
            "Expected profit by depth",
            new Axis("share of customers reached", ValueFormat.Share),
            new Axis("profit of all together", ValueFormat.Money),
            [new ChartLine("profit", [new ChartPoint(0, 0), .. profit.ByDepth.Select(depth => new ChartPoint(depth.Depth, depth.Profit))])])
        {
            Mark = profit.BestDepth > 0 ? (profit.BestDepth, "best depth") : null,
            Description = Text(
                $"When the most likely are offered something: a customer kept is worth {economics.Value:0.##}, an offer taken costs {economics.OfferCost:0.##}, reaching somebody {economics.ContactCost:0.##}; of churners {economics.Acceptance:0 %} accept."),
        };
    }

    private static IReadOnlyList<object?> Row(string name, Interval interval) => [name, interval.Value, interval.Low, interval.High];

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
