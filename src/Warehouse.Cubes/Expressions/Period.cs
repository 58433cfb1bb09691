using System.Globalization;
using System.Runtime.InteropServices;

namespace Warehouse.Cubes.Expressions;

/// <summary>A named stretch of the calendar.</summary>
/// <param name="Unit">How long it is.</param>
/// <param name="From">Its first day.</param>
/// <param name="To">The day after its last.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Period(TimeUnit Unit, DateOnly From, DateOnly To)
{
    /// <summary>The period of a name like 2011, 2011-Q1, 2011-03, 2011-W09 or 2011-03-05.</summary>
    /// <returns>False where the text names none.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Period period)
    {
        period = default;
        if (text.Length < 4 || !TryNumber(text[..4], out var year) || year is < 1 or > 9998)
        {
            return false;
        }

        var rest = text[4..];
        if (rest is "")
        {
            return Make(TimeUnit.Year, year, 1, out period);
        }

        return rest switch
        {
            ['-', 'Q' or 'q', >= '1' and <= '4'] => Make(TimeUnit.Quarter, year, ((rest[2] - '1') * 3) + 1, out period),
            ['-', 'W' or 'w', _, _] when TryNumber(rest[2..], out var week) => Week(year, week, out period),
            ['-', _, _] when TryNumber(rest[1..], out var month) => Make(TimeUnit.Month, year, month, out period),
            ['-', _, _, '-', _, _] when TryNumber(rest[1..3], out var month) && TryNumber(rest[4..], out var day) =>
                Day(year, month, day, out period),
            _ => false,
        };
    }

    /// <summary>The name that parses to this period.</summary>
    public override string ToString() => Unit switch
    {
        TimeUnit.Day => From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeUnit.Week => FormattableString.Invariant($"{ISOWeek.GetYear(From.ToDateTime(default)):D4}-W{ISOWeek.GetWeekOfYear(From.ToDateTime(default)):D2}"),
        TimeUnit.Month => From.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        TimeUnit.Quarter => FormattableString.Invariant($"{From.Year:D4}-Q{((From.Month - 1) / 3) + 1}"),
        _ => From.ToString("yyyy", CultureInfo.InvariantCulture),
    };

    private static bool TryNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool Make(TimeUnit unit, int year, int month, out Period period)
    {
        var isMonth = month is >= 1 and <= 12;
        var from = isMonth ? new DateOnly(year, month, 1) : default;
        period = isMonth ? new Period(unit, from, Calendar.Add(from, unit, 1)) : default;
        return isMonth;
    }

    private static bool Week(int year, int week, out Period period)
    {
        var isWeek = week >= 1 && week <= ISOWeek.GetWeeksInYear(year);
        var from = isWeek ? DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday)) : default;
        period = isWeek ? new Period(TimeUnit.Week, from, from.AddDays(7)) : default;
        return isWeek;
    }

    private static bool Day(int year, int month, int day, out Period period)
    {
        var isDay = month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        var from = isDay ? new DateOnly(year, month, day) : default;
        period = isDay ? new Period(TimeUnit.Day, from, from.AddDays(1)) : default;
        return isDay;
    }
}
