using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>Parts that the options of several kinds of chart share.</summary>
internal static class Options
{
    /// <summary>The room above a grid for its legend and the name of its axis; without a legend half of it will do.</summary>
    public const int WithLegend = 60;

    public const int WithoutLegend = 30;

    /// <summary>A name beside its row takes so much of the chart's width before it goes on in the next line; on a phone that is so many letters.</summary>
    private const double NamePart = .32;

    private const double NameLetters = 16;

    private const int LineHeight = 15;

    public static JsonObject Grid(int bottom = 12, int right = 24, int top = WithLegend) =>
        new() { ["left"] = 16, ["right"] = right, ["top"] = top, ["bottom"] = bottom, ["outerBoundsMode"] = "same" };

    public static JsonObject Legend(IEnumerable<string> names) =>
        new() { ["top"] = 0, ["type"] = "scroll", ["data"] = Texts(names) };

    public static JsonObject Value(Axis axis, bool isVertical) => Named(
        new JsonObject { ["type"] = "value", ["axisLabel"] = new JsonObject { ["axisFormat"] = Name(axis.Format), ["hideOverlap"] = true } }, axis.Name, isVertical);

    public static JsonObject Category(string name, IEnumerable<string> categories, bool isVertical) =>
        Named(new JsonObject { ["type"] = "category", ["data"] = Texts(categories) }, name, isVertical);

    /// <summary>Categories from above, the name of each beside it and whole: where it is long, in several lines.</summary>
    public static JsonObject Rows(string name, IEnumerable<string> categories)
    {
        var rows = Category(name, categories, isVertical: true);
        rows["inverse"] = true;
        rows["nameLocation"] = "start";
        rows["axisLabel"] = new JsonObject { ["widthPart"] = NamePart, ["lineHeight"] = LineHeight, ["interval"] = 0 };
        return rows;
    }

    /// <summary>How high a row has to be for the longest name beside one, in pixels.</summary>
    /// <param name="categories">The names.</param>
    /// <param name="least">How high it is anyway.</param>
    public static int RowHeight(IEnumerable<string> categories, int least) =>
        Math.Max(least, LineHeight * (int)Math.Ceiling(categories.Select(name => name.Length).DefaultIfEmpty().Max() / NameLetters));

    public static JsonObject Tooltip(string trigger) => new() { ["trigger"] = trigger, ["confine"] = true };

    public static JsonObject TooltipOf(ValueFormat format) => new() { ["valueFormat"] = Name(format) };

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    public static JsonArray Numbers(IEnumerable<double?> numbers) => [.. numbers.Select(Number)];

    /// <summary>A number, or null where JSON has none for it.</summary>
    public static JsonNode? Number(double? number) => number is { } value && double.IsFinite(value) ? JsonValue.Create(value) : null;

    public static string Name(ValueFormat format) => format.ToString().ToLowerInvariant();

    /// <summary>One share over another, beside the straight line from (0, 0) to (1, 1) on which both are the same.</summary>
    /// <param name="x">The name of the horizontal axis.</param>
    /// <param name="y">The name of the vertical axis, and of the line.</param>
    /// <param name="diagonal">The name of the straight line.</param>
    /// <param name="points">The points of the line.</param>
    /// <param name="line">How the line looks.</param>
    public static JsonObject AgainstDiagonal(string x, string y, string diagonal, IEnumerable<(double X, double Y)> points, JsonObject line)
    {
        var (across, up) = (Value(new Axis(x, ValueFormat.Share), isVertical: false), Value(new Axis(y, ValueFormat.Share), isVertical: true));
        (across["min"], across["max"], up["max"]) = (0, 1, 1);
        (line["type"], line["name"]) = ("line", y);
        line["data"] = new JsonArray([.. points.Select(point => new JsonArray(Number(point.X), Number(point.Y)))]);
        line["tooltip"] = TooltipOf(ValueFormat.Share);
        return new JsonObject
        {
            ["grid"] = Grid(),
            ["legend"] = Legend([y, diagonal]),
            ["tooltip"] = Tooltip("axis"),
            ["xAxis"] = across,
            ["yAxis"] = up,
            ["series"] = new JsonArray(
                line,
                new JsonObject
                {
                    ["type"] = "line",
                    ["name"] = diagonal,
                    ["data"] = new JsonArray(new JsonArray(0, 0), new JsonArray(1, 1)),
                    ["symbol"] = "none",
                    ["silent"] = true,
                    ["lineStyle"] = new JsonObject { ["type"] = "dashed", ["width"] = 1 },
                }),
        };
    }

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
