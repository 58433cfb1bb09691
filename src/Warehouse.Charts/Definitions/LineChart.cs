using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>Lines over numbers, or over categories in their order, such as months.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Lines">The lines.</param>
public sealed record LineChart(string Title, Axis X, Axis Y, IReadOnlyList<ChartLine> Lines) : Chart(Title)
{
    /// <summary>The categories of the horizontal axis: a point's X is then its place among them, from 0. Null for numbers.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Whether the space below the lines is filled.</summary>
    public bool IsArea { get; init; }

    /// <summary>Whether each line stands on the one before it; needs categories.</summary>
    public bool IsStacked { get; init; }

    /// <summary>A vertical line of reference, and what it says.</summary>
    public (double X, string Text)? Mark { get; init; }

    /// <inheritdoc/>
    public override bool IsEmpty => Lines.All(line => line.Points.All(point => point.Y is null));

    /// <inheritdoc/>
    public override ChartTable Table
    {
        get
        {
            var columns = new List<ChartColumn> { new(X.Name, Categories is null ? X.Format : null) };
            foreach (var line in Lines)
            {
                columns.Add(new ChartColumn(line.Name, Y.Format));
                if (line.HasBand)
                {
                    columns.AddRange([new ChartColumn($"{line.Name}, from", Y.Format), new ChartColumn($"{line.Name}, to", Y.Format)]);
                }
            }

            var byLine = Lines.Select(line => line.Points.ToDictionary(point => point.X)).ToList();
            return new ChartTable(columns, [.. byLine.SelectMany(points => points.Keys).Distinct().Order().Select(Row)]);

            IReadOnlyList<object?> Row(double x)
            {
                var row = new List<object?> { Categories is { } names ? names[(int)x] : x };
                for (var place = 0; place < Lines.Count; place++)
                {
                    var point = byLine[place].GetValueOrDefault(x);
                    row.Add(point?.Y);
                    if (Lines[place].HasBand)
                    {
                        row.AddRange([point?.Low, point?.High]);
                    }
                }

                return row;
            }
        }
    }

    internal override JsonObject Option() => new()
    {
        ["grid"] = Options.Grid(),
        ["legend"] = Options.Legend(Lines.Select(line => line.Name)),
        ["tooltip"] = Options.Tooltip("axis"),
        ["xAxis"] = Categories is { } names ? Options.Category(X.Name, names, isVertical: false) : Options.Value(X, isVertical: false),
        ["yAxis"] = Options.Value(Y, isVertical: true),
        ["series"] = new JsonArray([.. Lines.SelectMany((line, place) => line.HasBand ? [Line(line, place), .. Band(line, place)] : new JsonNode[] { Line(line, place) })]),
    };

    private JsonObject Line(ChartLine line, int place)
    {
        var series = new JsonObject
        {
            ["type"] = "line",
            ["name"] = line.Name,
            ["data"] = Points(line, point => point.Y),
            ["showSymbol"] = line.Points.Count <= 40,
            ["lineStyle"] = new JsonObject { ["width"] = 2, ["type"] = line.IsDashed ? "dashed" : "solid" },
            ["tooltip"] = Options.TooltipOf(Y.Format),
        };
        if (IsArea)
        {
            series["areaStyle"] = new JsonObject { ["opacity"] = .25 };
        }

        if (IsStacked)
        {
            series["stack"] = "all";
        }

        if (place == 0 && Mark is { } mark)
        {
            series["markLine"] = new JsonObject
            {
                ["symbol"] = "none",
                ["silent"] = true,
                ["lineStyle"] = new JsonObject { ["type"] = "dotted" },
                ["label"] = new JsonObject { ["labelText"] = mark.Text },
                ["data"] = new JsonArray(new JsonObject { ["xAxis"] = mark.X }),
            };
        }

        return series;
    }

    /// <summary>An interval: the lower end, unseen, and the distance to the upper one stacked on it. Series of one name have one colour.</summary>
    private IEnumerable<JsonNode> Band(ChartLine line, int place)
    {
        foreach (var (isWidth, value) in new (bool, Func<ChartPoint, double?>)[] { (false, point => point.Low), (true, point => point.High - point.Low) })
        {
            yield return new JsonObject
            {
                ["type"] = "line",
                ["name"] = line.Name,
                ["stack"] = FormattableString.Invariant($"band {place}"),
                ["stackStrategy"] = "all",
                ["data"] = Points(line, value),
                ["symbol"] = "none",
                ["silent"] = true,
                ["lineStyle"] = new JsonObject { ["opacity"] = 0 },
                ["areaStyle"] = new JsonObject { ["opacity"] = isWidth ? .18 : 0 },
                ["tooltip"] = new JsonObject { ["show"] = false },
            };
        }
    }

    private JsonArray Points(ChartLine line, Func<ChartPoint, double?> value)
    {
        if (Categories is null)
        {
            return [.. line.Points.Select(point => new JsonArray(Options.Number(point.X), Options.Number(value(point))))];
        }

        var byPlace = line.Points.ToDictionary(point => (int)point.X, value);
        return Options.Numbers(Enumerable.Range(0, Categories.Count).Select(place => byPlace.GetValueOrDefault(place)));
    }
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Points">Its points; no two have the same X.</param>
public sealed record ChartLine(string Name, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>Whether it is dashed, as what is expected rather than seen.</summary>
    public bool IsDashed { get; init; }

    internal bool HasBand => Points.Any(point => point.Low is not null);
}

/// <summary>A point of a line.</summary>
/// <param name="X">Where.</param>
/// <param name="Y">The value; null leaves a gap.</param>
/// <param name="Low">The lower end of its interval; null where it has none.</param>
/// <param name="High">The upper end.</param>
public sealed record ChartPoint(double X, double? Y, double? Low = null, double? High = null);
