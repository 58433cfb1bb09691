namespace Warehouse.SampleData.Calendar;

/// <summary>The public holidays of England and of Ireland, by the rules in force since 2023.</summary>
internal static class Holidays
{
    public static IEnumerable<(DateOnly Date, string Country, string Name)> Between(DateOnly from, DateOnly to) =>
        Enumerable.Range(from.Year, to.Year - from.Year + 1)
            .SelectMany(OfYear)
            .Where(holiday => holiday.Date >= from && holiday.Date < to)
            .OrderBy(holiday => holiday.Date)
            .ThenBy(holiday => holiday.Country, StringComparer.Ordinal);

    private static IEnumerable<(DateOnly Date, string Country, string Name)> OfYear(int year)
    {
        var easter = EasterSunday(year);
        var newYear = new DateOnly(year, 1, 1);
        var christmas = new DateOnly(year, 12, 25);
        var boxingDay = christmas.AddDays(1);
        yield return (OrNextWeekday(newYear), "GB", "New Year's Day");
        yield return (easter.AddDays(-2), "GB", "Good Friday");
        yield return (easter.AddDays(1), "GB", "Easter Monday");
        yield return (FirstOnOrAfter(new DateOnly(year, 5, 1), DayOfWeek.Monday), "GB", "Early May Bank Holiday");
        yield return (FirstOnOrAfter(new DateOnly(year, 5, 25), DayOfWeek.Monday), "GB", "Spring Bank Holiday");
        yield return (FirstOnOrAfter(new DateOnly(year, 8, 25), DayOfWeek.Monday), "GB", "Summer Bank Holiday");
        yield return (IsWeekend(christmas) ? christmas.AddDays(2) : christmas, "GB", "Christmas Day");
        yield return (IsWeekend(boxingDay) ? boxingDay.AddDays(2) : boxingDay, "GB", "Boxing Day");

        yield return (newYear, "IE", "New Year's Day");
        yield return (SaintBrigidsDay(year), "IE", "Saint Brigid's Day");
        yield return (new DateOnly(year, 3, 17), "IE", "Saint Patrick's Day");
        yield return (easter.AddDays(1), "IE", "Easter Monday");
        yield return (FirstOnOrAfter(new DateOnly(year, 5, 1), DayOfWeek.Monday), "IE", "May Day");
        yield return (FirstOnOrAfter(new DateOnly(year, 6, 1), DayOfWeek.Monday), "IE", "June Holiday");
        yield return (FirstOnOrAfter(new DateOnly(year, 8, 1), DayOfWeek.Monday), "IE", "August Holiday");
        yield return (FirstOnOrAfter(new DateOnly(year, 10, 25), DayOfWeek.Monday), "IE", "October Holiday");
        yield return (christmas, "IE", "Christmas Day");
        yield return (boxingDay, "IE", "Saint Stephen's Day");
    }

    /// <summary>By the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).</summary>
    private static DateOnly EasterSunday(int year)
    {
        var a = year % 19;
        var (b, c) = (year / 100, year % 100);
        var (d, e) = (b / 4, b % 4);
        var g = (b - ((b + 8) / 25) + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var l = (32 + (2 * e) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }

    private static DateOnly SaintBrigidsDay(int year)
    {
        var first = new DateOnly(year, 2, 1);
        return first.DayOfWeek == DayOfWeek.Friday ? first : FirstOnOrAfter(first, DayOfWeek.Monday);
    }

    private static DateOnly FirstOnOrAfter(DateOnly date, DayOfWeek day) =>
        date.AddDays(((int)day - (int)date.DayOfWeek + 7) % 7);

    private static DateOnly OrNextWeekday(DateOnly date) =>
        IsWeekend(date) ? FirstOnOrAfter(date, DayOfWeek.Monday) : date;

    private static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
