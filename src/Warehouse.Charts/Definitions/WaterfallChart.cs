using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>How a total comes about: from a beginning, by what is added and taken off, to an end; from above, so that the steps can be read.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Step">The name of the steps.</param>
/// <param name="Value">What is counted.</param>
/// <param name="Beginning">What there is first.</param>
/// <param name="Changes">What is added, or taken off where it is negative, in order.</param>
/// <param name="End">What the total is called.</param>
public sealed record WaterfallChart(string Title, string Step, Axis Value, ChartPart Beginning, IReadOnlyList<ChartPart> Changes, string End) : Chart(Title)
{
    private const int Width = 26;

    /// <inheritdoc/>
    public override bool IsEmpty => false;

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [new ChartColumn(Step), new ChartColumn("change", Value.Format), new ChartColumn(Value.Name, Value.Format)],
        [.. Steps().Select(step => (IReadOnlyList<object?>)[step.Name, step.IsTotal ? null : step.After - step.Before, step.After])]);

    internal override int Height => 110 + ((Changes.Count + 2) * Options.RowHeight(Steps().Select(step => step.Name), 34));

    internal override JsonObject Option()
    {
        var steps = Steps().ToList();
        return new JsonObject
        {
            ["grid"] = Options.Grid(right: 40),
            ["legend"] = Options.Legend(["total", "more", "less"]),
            ["tooltip"] = Options.Tooltip("item"),
            ["xAxis"] = Options.Value(Value, isVertical: false),
            ["yAxis"] = Options.Rows(Step, steps.Select(step => step.Name)),
            ["series"] = new JsonArray(
            [
                new JsonObject
                {
                    ["type"] = "bar",
                    ["name"] = "",
                    ["stack"] = "all",
                    ["silent"] = true,
                    ["barMaxWidth"] = Width,
                    ["itemStyle"] = new JsonObject { ["color"] = "transparent" },
                    ["data"] = Options.Numbers(steps.Select(step => (double?)step.Gap)),
                },
                .. Bars("total", steps, step => step.IsTotal),
                .. Bars("more", steps, step => !step.IsTotal && step.After >= step.Before),
                .. Bars("less", steps, step => !step.IsTotal && step.After < step.Before),
            ]),
        };
    }

    private IEnumerable<JsonNode> Bars(string name, List<WaterfallStep> steps, Func<WaterfallStep, bool> isOfKind)
    {
        foreach (var part in new Func<WaterfallStep, double>[] { step => step.BeyondGap, step => step.BelowZero })
        {
            yield return new JsonObject
            {
                ["type"] = "bar",
                ["name"] = name,
                ["stack"] = "all",
                ["barMaxWidth"] = Width,
                ["data"] = Options.Numbers(steps.Select(step => isOfKind(step) ? part(step) : (double?)null)),
                ["tooltip"] = Options.TooltipOf(Value.Format),
            };
        }
    }

    private IEnumerable<WaterfallStep> Steps()
    {
        yield return new WaterfallStep(Beginning.Name, 0, Beginning.Value, IsTotal: true);
        var level = Beginning.Value;
        foreach (var change in Changes)
        {
            yield return new WaterfallStep(change.Name, level, level + change.Value, IsTotal: false);
            level += change.Value;
        }

        yield return new WaterfallStep(End, 0, level, IsTotal: true);
    }

    /// <summary>A bar from one level to another. Bars stack from zero on either side of it: one that does not reach zero stands on a gap.</summary>
    private sealed record WaterfallStep(string Name, double Before, double After, bool IsTotal)
    {
        public double Gap => Low > 0 ? Low : High < 0 ? High : 0;

        public double BeyondGap => Low > 0 ? High - Low : High < 0 ? Low - High : High;

        public double BelowZero => Low < 0 && High >= 0 ? Low : 0;

        private double Low => Math.Min(Before, After);

        private double High => Math.Max(Before, After);
    }
}
