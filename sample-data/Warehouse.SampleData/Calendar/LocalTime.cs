namespace Warehouse.SampleData.Calendar;

/// <summary>A wall-clock instant in Europe/London, to the second: seconds since 0001-01-01T00:00:00 by that clock.
/// The generator never makes one between 01:00 and 02:00, the hour that is skipped in spring and happens twice in autumn.</summary>
internal readonly record struct LocalTime(long Seconds) : IComparable<LocalTime>
{
    public const int SecondsPerDay = 86_400;
    public const int SecondsPerHour = 3_600;

    public static LocalTime At(int dayNumber, int secondOfDay) => new(((long)dayNumber * SecondsPerDay) + secondOfDay);

    public static LocalTime Midnight(DateOnly date) => At(date.DayNumber, 0);

    public int DayNumber => (int)(Seconds / SecondsPerDay);

    public int SecondOfDay => (int)(Seconds % SecondsPerDay);

    public DateOnly Date => DateOnly.FromDayNumber(DayNumber);

    public DateTime AsDateTime => new(Seconds * TimeSpan.TicksPerSecond, DateTimeKind.Unspecified);

    public LocalTime Plus(double seconds) => new(Seconds + (long)seconds);

    public LocalTime PlusDays(double days) => Plus(days * SecondsPerDay);

    /// <summary>The same instant, or an hour later where it falls into the hour from 01:00 to 02:00.</summary>
    public LocalTime AvoidingClockChange() =>
        SecondOfDay / SecondsPerHour == 1 ? new LocalTime(Seconds + SecondsPerHour) : this;

    /// <summary>The same instant, or one in the next hour of service, which is from 08:00 to 20:00 on every day.</summary>
    public LocalTime InServiceHours()
    {
        const int Opens = 8 * SecondsPerHour;
        const int Closes = 20 * SecondsPerHour;
        var withinHour = SecondOfDay % SecondsPerHour;
        return SecondOfDay switch
        {
            < Opens => At(DayNumber, Opens + withinHour),
            >= Closes => At(DayNumber + 1, Opens + withinHour),
            _ => this,
        };
    }

    public int CompareTo(LocalTime other) => Seconds.CompareTo(other.Seconds);

    public static bool operator <(LocalTime left, LocalTime right) => left.Seconds < right.Seconds;

    public static bool operator >(LocalTime left, LocalTime right) => left.Seconds > right.Seconds;

    public static bool operator <=(LocalTime left, LocalTime right) => left.Seconds <= right.Seconds;

    public static bool operator >=(LocalTime left, LocalTime right) => left.Seconds >= right.Seconds;
}
