namespace Warehouse.Etl.Mapping.Values;

/// <summary>A date and time of day as a text writes them.</summary>
/// <param name="Day">Days since 1970-01-01.</param>
/// <param name="Time">Microseconds since midnight.</param>
/// <param name="Offset">Microseconds by which the writer's clock is ahead of UTC, where the text says it.</param>
internal readonly record struct WrittenTime(int Day, long Time, long? Offset)
{
    public const long MicrosOfDay = 86_400_000_000;
    public const long MicrosOfSecond = 1_000_000;

    private static readonly int[] DaysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

    /// <summary>Microseconds since 1970-01-01 by the writer's own clock.</summary>
    public long Local => (Day * MicrosOfDay) + Time;

    /// <summary>Days since 1970-01-01 of a time in microseconds since then.</summary>
    public static int DayOf(long micros) => (int)((micros >= 0 ? micros : micros - MicrosOfDay + 1) / MicrosOfDay);

    /// <summary>Days since 1970-01-01 of a date of the years 1 to 9999; false where there is none.</summary>
    public static bool TryDay(int year, int month, int day, out int days)
    {
        days = 0;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1)
        {
            return false;
        }

        var isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        var length = month == 12 ? 31 : DaysBefore[month] - DaysBefore[month - 1] + (isLeap && month == 2 ? 1 : 0);
        var before = year - 1;
        days = (before * 365) + (before / 4) - (before / 100) + (before / 400) - 719_162
            + DaysBefore[month - 1] + (isLeap && month > 2 ? 1 : 0) + day - 1;
        return day <= length;
    }
}
