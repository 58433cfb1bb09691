using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>A value for each pair of a row and a column, as a colour.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="X">The name of the columns.</param>
/// <param name="Y">The name of the rows.</param>
/// <param name="Value">What the colour measures.</param>
/// <param name="Columns">The columns in their order.</param>
/// <param name="Rows">The rows from above.</param>
/// <param name="Values">By row, then column; null where there is no value.</param>
public sealed record HeatMap(
    string Title, string X, string Y, Axis Value, IReadOnlyList<string> Columns, IReadOnlyList<string> Rows, IReadOnlyList<IReadOnlyList<double?>> Values)
    : Chart(Title)
{
    private const int MostLabelled = 16;

    /// <inheritdoc/>
    public override bool IsEmpty => Values.All(row => row.All(value => value is null));

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [new ChartColumn(Y), .. Columns.Select(column => new ChartColumn(column, Value.Format))],
        [.. Rows.Select((row, place) => (IReadOnlyList<object?>)[row, .. Values[place].Select(value => (object?)value)])]);

    internal override int Height => Math.Max(300, 170 + (Rows.Count * 26));

    internal override JsonObject Option()
    {
        var known = Values.SelectMany(row => row).OfType<double>().Where(double.IsFinite).ToList();
        return new JsonObject
        {
            ["grid"] = Options.Grid(bottom: 64, top: Options.WithoutLegend),
            ["tooltip"] = Options.Tooltip("item"),
            ["xAxis"] = Options.Category(X, Columns, isVertical: false),
            ["yAxis"] = Options.Rows(Y, Rows),
            ["visualMap"] = new JsonObject
            {
                ["min"] = known.Count > 0 ? known.Min() : 0,
                ["max"] = known.Count > 0 ? Math.Max(known.Max(), known.Min() + 1e-9) : 1,
                ["orient"] = "horizontal",
                ["left"] = "center",
                ["bottom"] = 0,
                ["itemHeight"] = 160,
            },
            ["series"] = new JsonArray(new JsonObject
            {
                ["type"] = "heatmap",
                ["name"] = Value.Name,
                ["data"] = new JsonArray([.. Cells()]),
                ["label"] = new JsonObject { ["show"] = Columns.Count <= MostLabelled, ["labelFormat"] = Options.Name(Value.Format), ["fontSize"] = 10 },
                ["tooltip"] = Options.TooltipOf(Value.Format),
            }),
        };
    }

    private IEnumerable<JsonNode> Cells()
    {
        for (var row = 0; row < Rows.Count; row++)
        {
            for (var column = 0; column < Columns.Count; column++)
            {
                if (Options.Number(Values[row][column]) is { } value)
                {
                    yield return new JsonArray(column, row, value);
                }
            }
        }
    }
}
