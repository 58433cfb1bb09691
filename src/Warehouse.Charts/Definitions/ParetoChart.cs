using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>Causes, the greatest first, and the share that they have together so far.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Cause">The name of the causes.</param>
/// <param name="Value">What is counted of each.</param>
/// <param name="Causes">The causes, in any order; none is negative.</param>
public sealed record ParetoChart(string Title, string Cause, Axis Value, IReadOnlyList<ChartPart> Causes) : Chart(Title)
{
    private const string SoFar = "share so far";

    /// <inheritdoc/>
    public override bool IsEmpty => !(Causes.Sum(cause => cause.Value) > 0);

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [new ChartColumn(Cause), new ChartColumn(Value.Name, Value.Format), new ChartColumn(SoFar, ValueFormat.Share)],
        [.. Falling().Select(cause => (IReadOnlyList<object?>)[cause.Name, cause.Value, cause.SoFar])]);

    internal override JsonObject Option()
    {
        var causes = Falling().ToList();
        var share = Options.Value(new Axis(SoFar, ValueFormat.Share), isVertical: true);
        (share["min"], share["max"], share["splitLine"]) = (0, 1, new JsonObject { ["show"] = false });
        share["nameTextStyle"] = new JsonObject { ["align"] = "right" };
        return new JsonObject
        {
            ["grid"] = Options.Grid(top: Options.WithoutLegend),
            ["legend"] = Options.Legend([]),
            ["tooltip"] = Options.Tooltip("axis"),
            ["xAxis"] = Options.Category(Cause, causes.Select(cause => cause.Name), isVertical: false),
            ["yAxis"] = new JsonArray(Options.Value(Value, isVertical: true), share),
            ["series"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "bar",
                    ["name"] = Value.Name,
                    ["barMaxWidth"] = 48,
                    ["data"] = Options.Numbers(causes.Select(cause => (double?)cause.Value)),
                    ["tooltip"] = Options.TooltipOf(Value.Format),
                },
                new JsonObject
                {
                    ["type"] = "line",
                    ["name"] = SoFar,
                    ["yAxisIndex"] = 1,
                    ["data"] = Options.Numbers(causes.Select(cause => cause.SoFar)),
                    ["tooltip"] = Options.TooltipOf(ValueFormat.Share),
                }),
        };
    }

    private IEnumerable<(string Name, double Value, double? SoFar)> Falling()
    {
        var (all, soFar) = (Causes.Sum(cause => cause.Value), 0d);
        foreach (var cause in Causes.OrderByDescending(cause => cause.Value).ThenBy(cause => cause.Name, StringComparer.Ordinal))
        {
            soFar += cause.Value;
            yield return (cause.Name, cause.Value, all > 0 ? soFar / all : null);
        }
    }
}

/// <summary>A part of a whole.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How much.</param>
public sealed record ChartPart(string Name, double Value);
