using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>Bars by category, beside each other or stacked.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="X">The name of the categories.</param>
/// <param name="Y">What the bars measure.</param>
/// <param name="Categories">The categories in their order.</param>
/// <param name="Bars">One set of bars each.</param>
public sealed record BarChart(string Title, string X, Axis Y, IReadOnlyList<string> Categories, IReadOnlyList<BarSeries> Bars) : Chart(Title)
{
    /// <summary>Whether the bars of a category stand on each other.</summary>
    public bool IsStacked { get; init; }

    /// <summary>Whether bars lie, so that long names can be read.</summary>
    public bool IsHorizontal { get; init; }

    /// <inheritdoc/>
    public override bool IsEmpty => Bars.All(bars => bars.Values.All(value => value is null));

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [new ChartColumn(X), .. Bars.Select(bars => new ChartColumn(bars.Name, Y.Format))],
        [.. Categories.Select((category, place) => (IReadOnlyList<object?>)[category, .. Bars.Select(bars => (object?)bars.Values[place])])]);

    internal override int Height => IsHorizontal ? 110 + (Categories.Count * Options.RowHeight(Categories, 26 * (IsStacked ? 1 : Bars.Count))) : base.Height;

    internal override JsonObject Option()
    {
        var categories = IsHorizontal ? Options.Rows(X, Categories) : Options.Category(X, Categories, isVertical: false);
        var values = Options.Value(Y, !IsHorizontal);
        return new JsonObject
        {
            ["grid"] = Options.Grid(right: 40, top: Bars.Count > 1 ? Options.WithLegend : Options.WithoutLegend),
            ["legend"] = Options.Legend(Bars.Count > 1 ? Bars.Select(bars => bars.Name) : []),
            ["tooltip"] = Options.Tooltip("axis"),
            ["xAxis"] = IsHorizontal ? values : categories,
            ["yAxis"] = IsHorizontal ? categories : values,
            ["series"] = new JsonArray([.. Bars.Select(Series)]),
        };
    }

    private JsonObject Series(BarSeries bars)
    {
        var series = new JsonObject
        {
            ["type"] = "bar",
            ["name"] = bars.Name,
            ["data"] = Options.Numbers(bars.Values),
            ["barMaxWidth"] = 48,
            ["tooltip"] = Options.TooltipOf(Y.Format),
        };
        if (IsStacked)
        {
            series["stack"] = "all";
        }

        return series;
    }
}

/// <summary>A set of bars.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Values">A value for each category; null leaves it out.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double?> Values);
