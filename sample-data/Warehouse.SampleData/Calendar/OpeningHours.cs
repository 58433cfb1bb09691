namespace Warehouse.SampleData.Calendar;

/// <summary>
/// Turns the share of a day's trade that has passed into a time of day. Both curves rise, so the order of events within
/// a day is kept, and neither enters the hour from 01:00 to 02:00, when the web store is under maintenance.
/// </summary>
internal static class OpeningHours
{
    private const int Hour = LocalTime.SecondsPerHour;

    private static readonly (double Share, int Second)[] s_shop =
        [(0, 9 * Hour), (0.25, 12 * Hour), (0.45, 14 * Hour), (0.70, 17 * Hour), (0.90, 19 * Hour), (1, 20 * Hour)];

    private static readonly (double Share, int Second)[] s_anyTime =
    [
        (0, 0), (0.03, 1 * Hour), (0.03, 2 * Hour), (0.06, 7 * Hour), (0.20, 10 * Hour), (0.42, 13 * Hour),
        (0.58, 17 * Hour), (0.86, 21 * Hour), (1, 24 * Hour),
    ];

    /// <summary>When a customer who buys in shops alone buys: from 09:00 to 20:00, on Sundays from 10:00 to 17:00.</summary>
    public static int InShop(int dayNumber, double share)
    {
        var second = Read(s_shop, share);
        return IsSunday(dayNumber) ? (10 * Hour) + ((second - (9 * Hour)) * 7 / 11) : second;
    }

    /// <summary>When a customer of the web store buys.</summary>
    public static int AnyTime(double share) => Read(s_anyTime, share);

    public static bool ShopIsOpen(int dayNumber, int secondOfDay) => IsSunday(dayNumber)
        ? secondOfDay is >= 10 * Hour and < 17 * Hour
        : secondOfDay is >= 9 * Hour and < 20 * Hour;

    private static bool IsSunday(int dayNumber) => DateOnly.FromDayNumber(dayNumber).DayOfWeek == DayOfWeek.Sunday;

    private static int Read((double Share, int Second)[] curve, double share)
    {
        var i = 1;
        while (curve[i].Share <= share)
        {
            i++;
        }

        var (fromShare, fromSecond) = curve[i - 1];
        var (toShare, toSecond) = curve[i];
        return fromSecond + (int)((share - fromShare) / (toShare - fromShare) * (toSecond - fromSecond));
    }
}
