using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>How many went from where to where, between two or more moments: ribbons as wide as they are many.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="From">The name of the earlier side.</param>
/// <param name="To">The name of the later side.</param>
/// <param name="Value">What is counted.</param>
/// <param name="Flows">The flows; the same name on both sides is two places.</param>
public sealed record FlowChart(string Title, string From, string To, Axis Value, IReadOnlyList<Flow> Flows) : Chart(Title)
{
    /// <inheritdoc/>
    public override bool IsEmpty => Flows.All(flow => !(flow.Value > 0));

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [new ChartColumn(From), new ChartColumn(To), new ChartColumn(Value.Name, Value.Format)],
        [.. Flows.Select(flow => (IReadOnlyList<object?>)[flow.From, flow.To, flow.Value])]);

    internal override int Height => 480;

    internal override JsonObject Option()
    {
        var drawn = Flows.Where(flow => flow.Value > 0).ToList();
        var names = drawn.Select(flow => flow.From).Concat(drawn.Select(flow => flow.To)).Distinct(StringComparer.Ordinal).ToList();
        return new JsonObject
        {
            ["tooltip"] = Options.Tooltip("item"),
            ["series"] = new JsonArray(new JsonObject
            {
                ["type"] = "sankey",
                ["left"] = 8,
                ["right"] = 150,
                ["top"] = 16,
                ["bottom"] = 16,
                ["nodeGap"] = 10,
                ["draggable"] = false,
                ["layoutIterations"] = 0,
                ["data"] = new JsonArray(
                [
                    .. Nodes(names, [.. drawn.Select(flow => flow.From)], From, 0),
                    .. Nodes(names, [.. drawn.Select(flow => flow.To)], To, 1),
                ]),
                ["links"] = new JsonArray(
                [
                    .. drawn.Select(flow => new JsonObject { ["source"] = Place(flow.From, From), ["target"] = Place(flow.To, To), ["value"] = flow.Value }),
                ]),
                ["tooltip"] = Options.TooltipOf(Value.Format),
            }),
        };
    }

    /// <summary>The places of a side, in the same order and colour as on the other.</summary>
    private static IEnumerable<JsonNode> Nodes(List<string> names, HashSet<string> ofSide, string side, int depth)
    {
        for (var place = 0; place < names.Count; place++)
        {
            if (ofSide.Contains(names[place]))
            {
                yield return new JsonObject
                {
                    ["name"] = Place(names[place], side),
                    ["depth"] = depth,
                    ["label"] = new JsonObject { ["labelText"] = names[place] },
                    ["itemStyle"] = new JsonObject { ["colorPlace"] = place },
                };
            }
        }
    }

    private static string Place(string name, string side) => $"{name} ({side})";
}

/// <summary>So many from one place to another.</summary>
/// <param name="From">Where from.</param>
/// <param name="To">Where to.</param>
/// <param name="Value">How many.</param>
public sealed record Flow(string From, string To, double Value);
