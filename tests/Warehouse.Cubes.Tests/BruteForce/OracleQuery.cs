using System.Globalization;
using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Tests.BruteForce;

/// <summary>What rows are by. Months says how long a period is; 0 is a member that is none.</summary>
internal sealed record OracleKey(int Index, string Text, int Months, Func<Fact, object?> Of);

/// <summary>A random query, as text and as what it means.</summary>
internal sealed class OracleQuery
{
    private static readonly (string Text, int Months, Func<Fact, object?> Of)[] Members =
    [
        ("item.kind", 0, fact => fact.Kind),
        ("item.colour", 0, fact => fact.Colour),
        ("line.is_back", 0, fact => fact.Count < 0),
        ("date.month", 1, fact => Start(fact, 1)),
        ("date.quarter", 3, fact => Start(fact, 3)),
        ("date.year", 12, fact => Start(fact, 12)),
    ];

    private readonly (DateOnly From, DateOnly To)? _shown;
    private readonly (DateOnly From, DateOnly To)? _extent;

    public OracleQuery(RandomShop shop, Random random)
    {
        Shop = shop;
        var overTime = random.Next(2) == 0;
        var members = Members.OrderBy(_ => random.Next()).Take(random.Next(0, 4)).ToArray();
        Keys = [.. members.Select((member, index) => new OracleKey(index, member.Text, member.Months, member.Of))];
        Measures = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => OracleMeasure.Any(random, overTime)).DistinctBy(measure => measure.Text)];
        OtherWhere = random.Next(2) == 0 ? RandomCondition.All : RandomCondition.Any(random, 2);
        if (random.Next(2) == 0)
        {
            var (months, from, to) = RandomCondition.Months(random);
            Where = RandomCondition.And(OtherWhere, months);
            (_shown, _extent) = ((from, to), (from, to));
        }
        else
        {
            Where = OtherWhere;
            var days = shop.Facts.Where(fact => fact.HasDay && OtherWhere.Holds(fact) is true).Select(fact => fact.Day).ToArray();
            _extent = days.Length == 0 ? null : (days.Min(), days.Max().AddDays(1));
            _shown = _extent is null ? null : (new DateOnly(2000, 1, 1), new DateOnly(2020, 1, 1));
        }

        (Totals, Sets) = random.Next(4) switch
        {
            0 => ("grand", [0, Everything]),
            1 => ("rollup", [.. Enumerable.Range(0, Keys.Count + 1).Select(kept => Everything & ~((1 << kept) - 1))]),
            2 => ("cube", [.. Enumerable.Range(0, Everything + 1)]),
            _ => ("none", new[] { 0 }),
        };
    }

    public RandomShop Shop { get; }

    public IReadOnlyList<OracleKey> Keys { get; }

    public IReadOnlyList<OracleMeasure> Measures { get; }

    public RandomCondition Where { get; }

    public RandomCondition OtherWhere { get; }

    public string Totals { get; }

    public int[] Sets { get; }

    public QueryTexts Texts => new()
    {
        Cube = "facts",
        Measures = string.Join(", ", Measures.Select((measure, index) => string.Create(CultureInfo.InvariantCulture, $"{measure.Text} as m{index}"))),
        By = string.Join(", ", Keys.Select(key => key.Text)),
        Where = Where.Text,
        Totals = Totals,
    };

    private int Everything => (1 << Keys.Count) - 1;

    /// <summary>The days that belong to a cell's periods, as far as the query shows them.</summary>
    public (DateOnly From, DateOnly To)? Stretch(IEnumerable<OracleKey> kept, IReadOnlyList<object?> values)
    {
        OracleKey[] periods = [.. kept.Where(key => key.Months > 0)];
        var stretch = periods.Length == 0 ? _extent : _shown;
        foreach (var key in periods)
        {
            if (stretch is not { } own || values[key.Index] is not DateOnly from)
            {
                return null;
            }

            var to = from.AddMonths(key.Months);
            stretch = (own.From > from ? own.From : from, own.To < to ? own.To : to);
        }

        return stretch is { } days && days.From < days.To && _extent is { } extent && days.From < extent.To && days.To > extent.From ? stretch : null;
    }

    /// <summary>The rows, in any order: each as its members (a total's as *) and measures.</summary>
    public IEnumerable<string> Rows()
    {
        foreach (var set in Sets.Distinct())
        {
            foreach (var cell in Cells(set))
            {
                if (set == Everything || Measures.Any(measure => measure.Stretches.Any(stretch => cell.Facts(stretch).Any())))
                {
                    yield return string.Join(" | ", Keys.Select(key => (set & (1 << key.Index)) != 0 ? "*" : Show(key, cell.Values[key.Index]))
                        .Concat(Measures.Select(measure => Show(measure.Value(cell)))));
                }
            }
        }
    }

    public static string Show(decimal? number) => number is { } known ? Math.Round(known, 6).ToString("0.######", CultureInfo.InvariantCulture) : "null";

    public override string ToString() => $"{Texts}";

    private IEnumerable<OracleCell> Cells(int set)
    {
        IEnumerable<object?[]> cells = [new object?[Keys.Count]];
        foreach (var key in Keys.Where(key => (set & (1 << key.Index)) == 0))
        {
            var values = Values(key).Distinct().ToArray();
            cells = [.. cells.SelectMany(cell => values.Select(value => With(cell, key.Index, value)))];
        }

        return cells.Select(cell => new OracleCell(this, cell, set));
    }

    private IEnumerable<object?> Values(OracleKey key)
    {
        var values = Shop.Facts.Select(key.Of);
        return key.Months == 0 ? values : values.Concat(Enumerable.Range(0, 36).Select(month => new DateOnly(2010, 1, 1).AddMonths(month))
            .Where(month => (month.Month - 1) % key.Months == 0 && _extent is { } shown && month < shown.To && month.AddMonths(key.Months) > shown.From)
            .Cast<object?>());
    }

    private static object?[] With(object?[] cell, int index, object? value)
    {
        var copy = (object?[])cell.Clone();
        copy[index] = value;
        return copy;
    }

    private static string Show(OracleKey key, object? value) => value switch
    {
        null => "null",
        DateOnly day when key.Months == 12 => day.Year.ToString(CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static DateOnly? Start(Fact fact, int months) =>
        fact.HasDay ? new DateOnly(fact.Day.Year, ((fact.Day.Month - 1) / months * months) + 1, 1) : null;
}
