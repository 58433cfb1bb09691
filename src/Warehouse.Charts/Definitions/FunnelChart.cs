using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>How many are left at each step.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Step">The name of the steps.</param>
/// <param name="Value">What is counted.</param>
/// <param name="Steps">The steps in their order.</param>
public sealed record FunnelChart(string Title, string Step, Axis Value, IReadOnlyList<ChartPart> Steps) : Chart(Title)
{
    /// <inheritdoc/>
    public override bool IsEmpty => Steps.All(step => !(step.Value > 0));

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [new ChartColumn(Step), new ChartColumn(Value.Name, Value.Format), new ChartColumn("of the first", ValueFormat.Share), new ChartColumn("of the one before", ValueFormat.Share)],
        [
            .. Steps.Select((step, place) => (IReadOnlyList<object?>)
                [step.Name, step.Value, Share(step.Value, Steps[0].Value), place == 0 ? null : Share(step.Value, Steps[place - 1].Value)]),
        ]);

    internal override JsonObject Option() => new()
    {
        ["tooltip"] = Options.Tooltip("item"),
        ["series"] = new JsonArray(new JsonObject
        {
            ["type"] = "funnel",
            ["name"] = Value.Name,
            ["sort"] = "none",
            ["left"] = "15%",
            ["width"] = "50%",
            ["minSize"] = "2%",
            ["label"] = new JsonObject { ["position"] = "right" },
            ["data"] = new JsonArray([.. Steps.Select(step => new JsonObject { ["name"] = step.Name, ["value"] = step.Value })]),
            ["tooltip"] = Options.TooltipOf(Value.Format),
        }),
    };

    private static double? Share(double part, double whole) => whole > 0 ? part / whole : null;
}
