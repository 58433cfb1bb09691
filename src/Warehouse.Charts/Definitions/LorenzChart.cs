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

    internal override JsonObject Option() => Options.AgainstDiagonal(
        Population,
        Value,
        "all hold the same",
        Points,
        new JsonObject { ["symbol"] = "none", ["areaStyle"] = new JsonObject { ["opacity"] = .15 } });
}
