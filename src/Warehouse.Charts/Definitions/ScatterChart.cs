using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>Points by two numbers.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Points">The points, each with its name.</param>
public sealed record ScatterChart(string Title, Axis X, Axis Y, IReadOnlyList<ScatterPoint> Points) : Chart(Title)
{
    /// <inheritdoc/>
    public override bool IsEmpty => Points.Count == 0;

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [new ChartColumn("name"), new ChartColumn(X.Name, X.Format), new ChartColumn(Y.Name, Y.Format)],
        [.. Points.Select(point => (IReadOnlyList<object?>)[point.Name, point.X, point.Y])]);

    internal override JsonObject Option() => new()
    {
        ["grid"] = Options.Grid(top: Options.WithoutLegend),
        ["tooltip"] = Options.Tooltip("item"),
        ["xAxis"] = Options.Value(X, isVertical: false),
        ["yAxis"] = Options.Value(Y, isVertical: true),
        ["series"] = new JsonArray(new JsonObject
        {
            ["type"] = "scatter",
            ["symbolSize"] = 8,
            ["itemStyle"] = new JsonObject { ["opacity"] = .7 },
            ["data"] = new JsonArray(
            [
                .. Points.Select(point => new JsonObject
                {
                    ["name"] = point.Name,
                    ["value"] = new JsonArray(Options.Number(point.X), Options.Number(point.Y)),
                }),
            ]),
            ["tooltip"] = Options.TooltipOf(Y.Format),
        }),
    };
}

/// <summary>A point of a scatter chart.</summary>
/// <param name="Name">What it is.</param>
/// <param name="X">Where, horizontally.</param>
/// <param name="Y">Where, vertically.</param>
public sealed record ScatterPoint(string Name, double X, double Y);
