using System.Globalization;
using Warehouse.Definitions;

namespace Warehouse.Analysis.Populations;

/// <summary>Which sales before the as-of date an analysis looks back on. Its last date is the as-of date, inclusive.</summary>
public sealed record Window
{
    private readonly DateOnly? _since;
    private readonly int _days;
    private readonly int _months;

    private Window(DateOnly? since, int days, int months) => (_since, _days, _months) = (since, days, months);

    /// <summary>All sales since the beginning.</summary>
    public static Window All { get; } = new(null, 0, 0);

    /// <summary>Whether its first date stays when the as-of date moves.</summary>
    public bool IsOpen => this is { _days: 0, _months: 0 };

    /// <summary>Sales on a date and after it.</summary>
    public static Window Since(DateOnly date) => new(date, 0, 0);

    /// <summary>As many days up to the as-of date, which is one of them.</summary>
    public static Window OfDays(int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        return new Window(null, days, 0);
    }

    /// <summary>As many months: 12 as of 2011-12-09 begin with 2010-12-10.</summary>
    public static Window OfMonths(int months)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        return new Window(null, 0, months);
    }

    /// <summary>Reads <c>all</c>, a first date (<c>2011-01-01</c>), or a length (<c>90d</c>, <c>12m</c>, <c>2y</c>).</summary>
    /// <exception cref="WrongCommandException">It is none of these.</exception>
    public static Window Parse(string text)
    {
        if (text == "all")
        {
            return All;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return Since(date);
        }

        var isLength = int.TryParse(text[..Math.Max(0, text.Length - 1)], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length is > 0 and < 10_000;
        return text switch
        {
            [.., 'd'] when isLength => OfDays(length),
            [.., 'm'] when isLength => OfMonths(length),
            [.., 'y'] when isLength => OfMonths(12 * length),
            _ => throw new WrongCommandException(
                $"\"{text}\" is no window. Write \"all\", its first date (2011-01-01), or its length in days, months or years (90d, 12m, 2y)."),
        };
    }

    /// <summary>The first date of the window; the first of all dates where it has no beginning.</summary>
    /// <exception cref="WrongCommandException">The window begins after the as-of date.</exception>
    public DateOnly FirstDate(DateOnly asOf)
    {
        if (_since > asOf)
        {
            throw new WrongCommandException(string.Create(
                CultureInfo.InvariantCulture, $"The window begins on {_since:yyyy-MM-dd}, after the as-of date {asOf:yyyy-MM-dd}."));
        }

        return this switch
        {
            { _since: { } since } => since,
            { _days: > 0 } => DateOnly.FromDayNumber(Math.Max(0, asOf.DayNumber - _days + 1)),
            { _months: > 0 } when _months < MonthsBefore(asOf) => asOf.AddMonths(-_months).AddDays(1),
            _ => DateOnly.MinValue,
        };
    }

    /// <summary>The window in words.</summary>
    public string Words(DateOnly asOf)
    {
        var first = FirstDate(asOf);
        return first == DateOnly.MinValue
            ? string.Create(CultureInfo.InvariantCulture, $"all sales up to {asOf:yyyy-MM-dd}")
            : string.Create(CultureInfo.InvariantCulture, $"sales from {first:yyyy-MM-dd} to {asOf:yyyy-MM-dd}");
    }

    /// <summary>The window as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => this switch
    {
        { _since: { } since } => since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        { _days: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{_days}d"),
        { _months: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{_months}m"),
        _ => "all",
    };

    private static int MonthsBefore(DateOnly date) => ((date.Year - 1) * 12) + date.Month - 1;
}
