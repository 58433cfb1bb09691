namespace Warehouse.Charts.Tests;

/// <summary>A report with a chart of every kind.</summary>
internal static class SampleReport
{
    public static IReadOnlyList<Chart> EveryKind(string name = "Delivery") =>
    [
        new LineChart(
            "Tracking",
            new Axis("week"),
            new Axis("repeat purchases", ValueFormat.Count),
            [
                new ChartLine("actual", [new(0, 10), new(1, 25), new(2, 31), new(3, 48)]),
                new ChartLine("expected", [new(0, 9, 7, 11), new(1, 23, 18, 28), new(2, 35, 28, 42), new(3, 47, 36, 58)]) { IsDashed = true },
            ])
        {
            Description = "Cumulative repeat purchases by week.",
            Mark = (1.5, "fitted until here"),
        },
        new LineChart(
            "Revenue by channel",
            new Axis("month"),
            new Axis("revenue", ValueFormat.Money),
            [new ChartLine(name, [new(0, 1), new(1, 2), new(2, 3)]), new ChartLine("store", [new(0, 12000), new(1, null), new(2, 13000)])])
        {
            Categories = ["2024-01", "2024-02", "2024-03"],
            IsArea = true,
            IsStacked = true,
        },
        new BarChart("Tiers", "tier", new Axis("share", ValueFormat.Share), ["A", "B", "C"], [new BarSeries("customers", [.2, .3, .5]), new BarSeries("value", [.8, .15, .05])]),
        new BarChart("Segments", "segment", new Axis("customers", ValueFormat.Count), [name, "Lost"], [new BarSeries("customers", [120, null])]) { IsHorizontal = true, IsStacked = true },
        new HeatMap("Retention", "age", "cohort", new Axis("retention", ValueFormat.Share), ["0", "1"], ["2024-01", name], [[1, .4], [1, null]]),
        new ScatterChart("Products", new Axis("support", ValueFormat.Share), new Axis("lift"), [new ScatterPoint(name, .1, 2.5)]),
        new ParetoChart("Causes", "topic", new Axis("complaints", ValueFormat.Count), [new ChartPart("refund", 20), new ChartPart(name, 70), new ChartPart("price", 10)]),
        new LorenzChart("Concentration", "customers", "value", [(0, 0), (.5, .1), (.8, .3), (1, 1)]),
        new FlowChart("Stages", "March", "June", new Axis("customers", ValueFormat.Count), [new Flow(name, "lost", 30), new Flow("lost", "lost", 5), new Flow(name, name, 60)]),
        new FunnelChart("Campaign", "step", new Axis("customers", ValueFormat.Count), [new ChartPart("sent", 1000), new ChartPart(name, 300), new ChartPart("bought", 30)]),
        new ReliabilityChart("Reliability", [new ReliabilityBin(.1, .12, 500), new ReliabilityBin(.5, .45, 300), new ReliabilityBin(.9, .95, 100)]),
        new WaterfallChart("Profit", "step", new Axis("profit", ValueFormat.Money), new ChartPart("sales", 100), [new ChartPart(name, -150), new ChartPart("refund", 80)], "profit"),
    ];

    public static Report Of(IReadOnlyList<Chart> charts, string title = "Everything") => new(
        title,
        new ReportOrigin(new DateOnly(2024, 6, 30), 7, "customers with a purchase in the window", "0123abcd"),
        [.. charts.Select(ReportPart.Of)],
        ["A note."]);
}
