using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>Parts that the options of several kinds of chart share.</summary>
internal static class Options
{
    /// <summary>The room above a grid for its legend and the name of its axis; without a legend half of it will do.</summary>
    public const int WithLegend = 60;

    public const int WithoutLegend = 30;

    public static JsonObject Grid(int bottom = 12, int right = 24, int top = WithLegend) =>
        new() { ["left"] = 16, ["right"] = right, ["top"] = top, ["bottom"] = bottom, ["outerBoundsMode"] = "same" };

    public static JsonObject Legend(IEnumerable<string> names) =>
        new() { ["top"] = 0, ["type"] = "scroll", ["data"] = Texts(names) };

    public static JsonObject Value(Axis axis, bool isVertical) => Named(
        new JsonObject { ["type"] = "value", ["axisLabel"] = new JsonObject { ["axisFormat"] = Name(axis.Format) } }, axis.Name, isVertical);

    public static JsonObject Category(string name, IEnumerable<string> categories, bool isVertical) =>
        Named(new JsonObject { ["type"] = "category", ["data"] = Texts(categories) }, name, isVertical);

    public static JsonObject Tooltip(string trigger) => new() { ["trigger"] = trigger, ["confine"] = true };

    public static JsonObject TooltipOf(ValueFormat format) => new() { ["valueFormat"] = Name(format) };

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    public static JsonArray Numbers(IEnumerable<double?> numbers) => [.. numbers.Select(Number)];

    /// <summary>A number, or null where JSON has none for it.</summary>
    public static JsonNode? Number(double? number) => number is { } value && double.IsFinite(value) ? JsonValue.Create(value) : null;

    public static string Name(ValueFormat format) => format.ToString().ToLowerInvariant();

    /// <summary>A straight line of reference from (0, 0) to (1, 1).</summary>
    public static JsonObject Diagonal(string name) => new()
    {
        ["type"] = "line",
        ["name"] = name,
        ["data"] = new JsonArray(new JsonArray(0, 0), new JsonArray(1, 1)),
        ["symbol"] = "none",
        ["silent"] = true,
        ["lineStyle"] = new JsonObject { ["type"] = "dashed", ["width"] = 1 },
    };

    private static JsonObject Named(JsonObject axis, string name, bool isVertical)
    {
        axis["name"] = name;
        axis["nameLocation"] = isVertical ? "end" : "middle";
        axis["nameGap"] = isVertical ? 14 : 30;
        if (isVertical)
        {
            axis["nameTextStyle"] = new JsonObject { ["align"] = "left" };
        }

        return axis;
    }
}
