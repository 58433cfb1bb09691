namespace Warehouse.Cubes.Expressions;

/// <summary>Computes with periods. Its fiscal years begin with a month of the calendar year.</summary>
/// <param name="FiscalStartMonth">1 to 12; fiscal years are named after the calendar year in which they end.</param>
public sealed record Calendar(int FiscalStartMonth)
{
    /// <summary>The calendar whose fiscal year is the calendar year.</summary>
    public static Calendar Gregorian { get; } = new(1);

    /// <summary>The first day of the period that holds a day.</summary>
    public DateOnly Start(DateOnly day, TimeUnit unit) => unit switch
    {
        TimeUnit.Day => day,
        TimeUnit.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        TimeUnit.Month => new DateOnly(day.Year, day.Month, 1),
        TimeUnit.Quarter => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
        TimeUnit.Year => new DateOnly(day.Year, 1, 1),
        TimeUnit.FiscalQuarter => StartOfMonths(day, 3),
        _ => StartOfMonths(day, 12),
    };

    /// <summary>
    /// A day so many periods later; a day that the month does not have becomes the month's last, and one beyond the years 1 to 9999
    /// the first or last of all.
    /// </summary>
    public static DateOnly Add(DateOnly day, TimeUnit unit, int count)
    {
        const double daysPerMonth = 30.436875;
        var days = unit switch { TimeUnit.Day => count, TimeUnit.Week => 7.0 * count, _ => daysPerMonth * Months(unit) * count };
        if (day.DayNumber + days < DateOnly.MinValue.DayNumber + 31)
        {
            return DateOnly.MinValue;
        }

        if (day.DayNumber + days > DateOnly.MaxValue.DayNumber - 31)
        {
            return DateOnly.MaxValue;
        }

        return unit switch
        {
            TimeUnit.Day => day.AddDays(count),
            TimeUnit.Week => day.AddDays(7 * count),
            _ => day.AddMonths(Months(unit) * count),
        };
    }

    /// <summary>The period that holds a day.</summary>
    public Period Holding(DateOnly day, TimeUnit unit)
    {
        var from = Start(day, unit);
        return new Period(unit, from, Add(from, unit, 1));
    }

    /// <summary>The period that a relative one is on a day.</summary>
    public Period On(DateOnly today, RelativePeriod relative)
    {
        var current = Holding(today, relative.Unit);
        return relative.Kind switch
        {
            RelativeKind.This => current,
            RelativeKind.Last => current with { From = Add(current.From, relative.Unit, -relative.Count), To = current.From },
            _ => current with { From = current.To, To = Add(current.To, relative.Unit, relative.Count) },
        };
    }

    /// <summary>The fiscal year of a number: 2011 ends in the calendar year 2011.</summary>
    public Period FiscalYear(int year)
    {
        var to = FiscalStartMonth == 1 ? new DateOnly(year + 1, 1, 1) : new DateOnly(year, FiscalStartMonth, 1);
        return new Period(TimeUnit.FiscalYear, Add(to, TimeUnit.FiscalYear, -1), to);
    }

    /// <summary>How many months a unit of months has.</summary>
    public static int Months(TimeUnit unit) => unit switch
    {
        TimeUnit.Month => 1,
        TimeUnit.Quarter or TimeUnit.FiscalQuarter => 3,
        TimeUnit.Year or TimeUnit.FiscalYear => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Days and weeks are no months."),
    };

    /// <summary>Whether every period of the one unit lies whole within one period of the other.</summary>
    public bool Nests(TimeUnit inner, TimeUnit outer) =>
        inner == outer
        || inner == TimeUnit.Day
        || (inner != TimeUnit.Week && outer != TimeUnit.Week && outer != TimeUnit.Day
            && Months(outer) % Months(inner) == 0
            && (IsFiscal(inner) == IsFiscal(outer) || inner == TimeUnit.Month || (FiscalStartMonth - 1) % Months(inner) == 0));

    private static bool IsFiscal(TimeUnit unit) => unit is TimeUnit.FiscalQuarter or TimeUnit.FiscalYear;

    private DateOnly StartOfMonths(DateOnly day, int months)
    {
        var fromFiscalStart = (day.Month - FiscalStartMonth + 12) % 12 % months;
        var month = new DateOnly(day.Year, day.Month, 1);
        return month.Year == 1 && fromFiscalStart >= month.Month ? DateOnly.MinValue : month.AddMonths(-fromFiscalStart);
    }
}
