using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>How unevenly value is spread: the share of it that the least of them hold, beside the line where all hold the same.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Population">The name of the horizontal axis: whose share.</param>
/// <param name="Value">The name of the vertical axis: the share of what.</param>
/// <param name="Points">From (0, 0) to (1, 1).</param>
public sealed record LorenzChart(string Title, string Population, string Value, IReadOnlyList<(double Share, double OfValue)> Points) : Chart(Title)
{
    /// <inheritdoc/>
    public override bool IsEmpty => Points.Count == 0;

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [new ChartColumn(Population, ValueFormat.Share), new ChartColumn(Value, ValueFormat.Share)],
        [.. Points.Select(point => (IReadOnlyList<object?>)[point.Share, point.OfValue])]);

    internal override int Height => 440;

    internal override JsonObject Option()
    {
        var (x, y) = (Options.Value(new Axis(Population, ValueFormat.Share), isVertical: false), Options.Value(new Axis(Value, ValueFormat.Share), isVertical: true));
        (x["min"], x["max"], y["max"]) = (0, 1, 1);
        return new JsonObject
        {
            ["grid"] = Options.Grid(),
            ["legend"] = Options.Legend([Value, "all hold the same"]),
            ["tooltip"] = Options.Tooltip("axis"),
            ["xAxis"] = x,
            ["yAxis"] = y,
            ["series"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "line",
                    ["name"] = Value,
                    ["symbol"] = "none",
                    ["areaStyle"] = new JsonObject { ["opacity"] = .15 },
                    ["data"] = new JsonArray([.. Points.Select(point => new JsonArray(Options.Number(point.Share), Options.Number(point.OfValue)))]),
                    ["tooltip"] = Options.TooltipOf(ValueFormat.Share),
                },
                Options.Diagonal("all hold the same")),
        };
    }
}
