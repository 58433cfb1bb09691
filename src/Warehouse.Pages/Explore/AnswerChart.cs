using Warehouse.Charts;
using Warehouse.Pages.Asking;

namespace Warehouse.Pages.Explore;

/// <summary>Draws an answer: its rows without totals, the first measure or all of them.</summary>
public static class AnswerChart
{
    private const int MostCategories = 200;
    private const int MostLines = 12;

    /// <summary>The ways to draw.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["line", "area", "bar", "stacked", "heat map", "scatter", "pareto"];

    /// <summary>The way that suits a question: time as lines, else bars.</summary>
    public static string WayFor(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.Drawn ?? (question.By.Any(IsTime) ? "line" : "bar");
    }

    /// <summary>The chart; null where there is nothing to draw.</summary>
    public static Chart? Of(Question question, Table table, string title)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(table);
        var members = Cell.MembersOf(question);
        var rows = table.Rows.Where(row => Cell.TotalOf(table, row) == 0).Take(MostCategories).ToList();
        var measures = Enumerable.Range(members, table.Columns.Count - members).Where(place => table.Columns[place].Name != "total").ToList();
        if (members == 0 || rows.Count == 0 || measures.Count == 0)
        {
            return null;
        }

        var axis = new Axis(table.Columns[measures[0]].Caption, FormatOf(rows, measures[0]));
        return WayFor(question) switch
        {
            "scatter" when measures.Count > 1 => new ScatterChart(
                title,
                axis,
                new Axis(table.Columns[measures[1]].Caption, FormatOf(rows, measures[1])),
                [.. rows.Where(row => row.Number(measures[0]) is not null && row.Number(measures[1]) is not null).Select(row => new ScatterPoint(NameOf(row, members), row.Number(measures[0])!.Value, row.Number(measures[1])!.Value))]),
            "pareto" => new ParetoChart(
                title,
                table.Columns[0].Caption,
                axis,
                [.. rows.Where(row => row.Number(measures[0]) >= 0).Select(row => new ChartPart(NameOf(row, members), row.Number(measures[0])!.Value))]),
            "heat map" when members > 1 || measures.Count > 1 => HeatMapOf(title, axis, Spread(table, rows, members, measures)),
            var way => Lined(title, way, axis, Spread(table, rows, members, measures)),
        };
    }

    private static Chart Lined(string title, string way, Axis axis, Shape shape)
    {
        var lines = shape.Lines.Take(MostLines).ToList();
        return way is "line" or "area"
            ? new LineChart(title, new Axis(shape.X), axis, [.. lines.Select(line => new ChartLine(line.Name, [.. line.Values.Select((value, place) => new ChartPoint(place, value))]))])
            {
                Categories = shape.Categories,
                IsArea = way == "area",
                IsStacked = way == "area" && lines.Count > 1,
            }
            : new BarChart(title, shape.X, axis, shape.Categories, [.. lines.Select(line => new BarSeries(line.Name, line.Values))]) { IsStacked = way == "stacked" };
    }

    private static HeatMap HeatMapOf(string title, Axis axis, Shape shape) =>
        new(title, shape.X, "", axis, shape.Categories, [.. shape.Lines.Select(line => line.Name)], [.. shape.Lines.Select(line => line.Values)]);

    /// <summary>One line for each measure; by two members one for each value of the second; the first member, or time, along the axis.</summary>
    private static Shape Spread(Table table, List<TableRow> rows, int members, List<int> measures)
    {
        if (members == 1)
        {
            return new Shape(
                table.Columns[0].Caption,
                [.. rows.Select(row => row.Texts[0])],
                [.. measures.Select(place => (table.Columns[place].Caption, (IReadOnlyList<double?>)[.. rows.Select(row => row.Number(place))]))]);
        }

        var along = Enumerable.Range(0, members).FirstOrDefault(place => IsTime(table.Columns[place].Name), 0);
        string LineOf(TableRow row) => string.Join(", ", Enumerable.Range(0, members).Where(place => place != along).Select(place => row.Texts[place]));
        string[] categories = [.. rows.Select(row => row.Texts[along]).Distinct(StringComparer.Ordinal)];
        if (IsTime(table.Columns[along].Name))
        {
            Array.Sort(categories, StringComparer.Ordinal);
        }

        return new Shape(
            table.Columns[along].Caption,
            categories,
            [.. rows.GroupBy(LineOf, StringComparer.Ordinal).Select(line =>
            {
                var values = line.GroupBy(row => row.Texts[along], StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Number(measures[0]), StringComparer.Ordinal);
                return (line.Key, (IReadOnlyList<double?>)[.. categories.Select(category => values.GetValueOrDefault(category))]);
            })]);
    }

    private static string NameOf(TableRow row, int members) => string.Join(", ", row.Texts.Take(members));

    private static bool IsTime(string member) => member.Split('.') is [var dimension, _] && dimension.Contains("date", StringComparison.OrdinalIgnoreCase);

    private static ValueFormat FormatOf(List<TableRow> rows, int place) =>
        rows.Any(row => row.Texts[place].EndsWith('%')) ? ValueFormat.Share : ValueFormat.Number;

    private sealed record Shape(string X, IReadOnlyList<string> Categories, IReadOnlyList<(string Name, IReadOnlyList<double?> Values)> Lines);
}
