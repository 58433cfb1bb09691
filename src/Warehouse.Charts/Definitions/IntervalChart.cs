using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>Estimates with the intervals in which they may lie, beside a line at zero.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Name">What each estimate is of.</param>
/// <param name="Value">What is estimated.</param>
/// <param name="Intervals">The estimates, from the top.</param>
public sealed record IntervalChart(string Title, string Name, Axis Value, IReadOnlyList<ChartInterval> Intervals) : Chart(Title)
{
    private const string Estimate = "estimate";
    private const string Interval = "interval";

    /// <inheritdoc/>
    public override bool IsEmpty => Intervals.Count == 0;

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [new ChartColumn(Name), new ChartColumn(Estimate, Value.Format), new ChartColumn("from", Value.Format), new ChartColumn("to", Value.Format)],
        [.. Intervals.Select(one => (IReadOnlyList<object?>)[one.Name, one.Estimate, one.Low, one.High])]);

    internal override int Height => 110 + (Intervals.Count * Options.RowHeight(Intervals.Select(one => one.Name), 34));

    internal override JsonObject Option() => new()
    {
        ["grid"] = Options.Grid(right: 40),
        ["legend"] = Options.Legend([Estimate, Interval]),
        ["tooltip"] = Options.Tooltip("item"),
        ["xAxis"] = Options.Value(Value, isVertical: false),
        ["yAxis"] = Options.Rows(Name, Intervals.Select(one => one.Name)),
        ["series"] = new JsonArray(Gap(), Bars(), Points()),
    };

    /// <summary>From zero to the lower end, unseen; on it stands the interval.</summary>
    private JsonObject Gap() => new()
    {
        ["type"] = "bar",
        ["name"] = "",
        ["stack"] = Interval,
        ["stackStrategy"] = "all",
        ["silent"] = true,
        ["barWidth"] = 8,
        ["itemStyle"] = new JsonObject { ["color"] = "transparent" },
        ["data"] = Options.Numbers(Intervals.Select(one => (double?)one.Low)),
    };

    private JsonObject Bars() => new()
    {
        ["type"] = "bar",
        ["name"] = Interval,
        ["stack"] = Interval,
        ["stackStrategy"] = "all",
        ["barWidth"] = 8,
        ["itemStyle"] = new JsonObject { ["opacity"] = .45 },
        ["data"] = Options.Numbers(Intervals.Select(one => (double?)(one.High - one.Low))),
        ["tooltip"] = new JsonObject { ["show"] = false },
    };

    private JsonObject Points() => new()
    {
        ["type"] = "scatter",
        ["name"] = Estimate,
        ["symbolSize"] = 10,
        ["data"] = new JsonArray([.. Intervals.Select((one, place) => new JsonArray(Options.Number(one.Estimate), JsonValue.Create(place)))]),
        ["tooltip"] = Options.TooltipOf(Value.Format),
        ["markLine"] = new JsonObject
        {
            ["symbol"] = "none",
            ["silent"] = true,
            ["lineStyle"] = new JsonObject { ["type"] = "dotted" },
            ["label"] = new JsonObject { ["show"] = false },
            ["data"] = new JsonArray(new JsonObject { ["xAxis"] = 0 }),
        },
    };
}

/// <summary>An estimate and its interval.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record ChartInterval(string Name, double Estimate, double Low, double High);
