using System.Globalization;
using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Results;
using Warehouse.Definitions;
using Calendar = Warehouse.Cubes.Expressions.Calendar;

namespace Warehouse.Verbs.Commands;

/// <summary>A cube's answer by one member of time as values of whole periods in their order, without gaps.</summary>
internal sealed class PeriodSeries
{
    private readonly CubeColumn _column;
    private readonly DateOnly _first;

    private PeriodSeries(CubeColumn column, DateOnly first, double[] values, IReadOnlyList<string> notes) =>
        (_column, _first, Values, Notes) = (column, first, values, notes);

    /// <summary>A value for each period.</summary>
    public double[] Values { get; }

    /// <summary>What was left out, and what was put in.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The names of the periods.</summary>
    public IEnumerable<string> Names => Enumerable.Range(0, Values.Length).Select(NameOf);

    /// <summary>Periods after which things are usually as they were.</summary>
    public int UsualSeason => _column.Unit switch
    {
        TimeUnit.Day => 7,
        TimeUnit.Week => 52,
        TimeUnit.Month => 12,
        TimeUnit.Quarter => 4,
        _ => 1,
    };

    /// <summary>The names of so many periods to come.</summary>
    public IEnumerable<string> NamesAfter(int count) => Enumerable.Range(Values.Length, count).Select(NameOf);

    /// <exception cref="WrongCommandException">The member is no period with a first day.</exception>
    public static PeriodSeries Of(CubeResult result, Cube cube, DateOnly asOf)
    {
        var column = result.Columns[0];
        if (column is not { IsMember: true, Unit: TimeUnit.Day or TimeUnit.Week or TimeUnit.Month or TimeUnit.Quarter } || result.Columns.Count != 2)
        {
            throw new WrongCommandException("A forecast is of one measure by one member of time, day, week, month or quarter: '--measure net_sales --by date.month'.");
        }

        var unit = column.Unit.Value;
        var seen = result.Rows.Where(row => row.Values[0] is DateOnly)
            .ToDictionary(row => (DateOnly)row.Values[0]!, row => Number(row.Values[1]));
        var whole = seen.Keys.Where(day => Calendar.Add(day, unit, 1) <= asOf.AddDays(1)).Order().ToList();
        var notes = new List<string>();
        if (seen.Keys.Where(day => day <= asOf).Except(whole).Order().ToList() is [var begun, ..])
        {
            notes.Add($"The {unit.ToString().ToLowerInvariant()} {column.Text(begun, CultureInfo.InvariantCulture)} is not over on the date, and does not count.");
        }

        if (whole.Count == 0)
        {
            return new PeriodSeries(column, default, [], notes);
        }

        var addsUp = cube.Measures.GetValueOrDefault(result.Columns[1].Name)?.Definition
            is AggregateDefinition { Kind: AggregateKind.Sum or AggregateKind.Count or AggregateKind.CountDistinct };
        var (values, gaps) = (new List<double>(), 0);
        for (var day = whole[0]; day <= whole[^1]; day = Calendar.Add(day, unit, 1))
        {
            if (seen.GetValueOrDefault(day) is { } value)
            {
                values.Add(value);
            }
            else
            {
                gaps++;
                values.Add(addsUp || values.Count == 0 ? 0 : values[^1]);
            }
        }

        if (gaps > 0)
        {
            notes.Add(FormattableString.Invariant($"{gaps:#,##0} periods have no value: they count as {(addsUp ? "zero" : "the one before")}."));
        }

        if (Calendar.Add(whole[^1], unit, 2) <= asOf.AddDays(1))
        {
            notes.Add($"The last {unit.ToString().ToLowerInvariant()} with a value is {column.Text(whole[^1], CultureInfo.InvariantCulture)}, and the forecast begins after it: what followed until the date may not be loaded.");
        }

        return new PeriodSeries(column, whole[0], [.. values], notes);
    }

    private string NameOf(int place) => _column.Text(Calendar.Add(_first, _column.Unit!.Value, place), CultureInfo.InvariantCulture);

    private static double? Number(object? value) =>
        value is IConvertible number && Convert.ToDouble(number, CultureInfo.InvariantCulture) is var converted && double.IsFinite(converted) ? converted : null;
}
