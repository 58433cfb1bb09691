namespace Warehouse.Etl.Mapping.Values;

/// <summary>
/// How far a zone's clocks are ahead of UTC. Days without a change of the clocks are looked up once. Several threads may
/// ask at once: they find the same.
/// </summary>
internal sealed class ZoneOffsets(TimeZoneInfo zone)
{
    private const int FirstDay = -25_567; // 1900-01-01
    private const int Days = 73_049; // to 2100-01-01
    private const long Unknown = 0;
    private const long Changing = long.MaxValue;

    // Offsets by day plus one day, so that 0 is « not looked up ».
    private readonly long[] _local = new long[Days];
    private readonly long[] _utc = new long[Days];

    /// <summary>
    /// The instant of a local time, in microseconds since 1970 UTC. A time that does not exist is read as if the clocks had
    /// not gone forward yet; of two that it may be it is the later.
    /// </summary>
    public long ToUtc(long local) => local - Of(_local, local, LocalOffset);

    /// <summary>The local time of an instant, in microseconds since 1970.</summary>
    public long ToLocal(long utc) => utc + Of(_utc, utc, UtcOffset);

    private static long Of(long[] days, long micros, Func<long, long?> find)
    {
        var day = WrittenTime.DayOf(micros) - FirstDay;
        if ((uint)day >= Days)
        {
            return find(micros) ?? 0;
        }

        var known = days[day];
        if (known == Unknown)
        {
            var start = (day + FirstDay) * WrittenTime.MicrosOfDay;
            var offset = find(start);
            known = offset is { } same && Enumerable.Range(1, 24).All(hour => find(start + (hour * (WrittenTime.MicrosOfDay / 24)) - 1) == same)
                ? same + WrittenTime.MicrosOfDay
                : Changing;
            days[day] = known;
        }

        return known == Changing ? find(micros) ?? 0 : known - WrittenTime.MicrosOfDay;
    }

    private long? UtcOffset(long utc) => Micros(zone.GetUtcOffset(At(utc, DateTimeKind.Utc)));

    private long? LocalOffset(long local)
    {
        var time = At(local, DateTimeKind.Unspecified);
        return Micros(zone.IsAmbiguousTime(time) ? zone.GetAmbiguousTimeOffsets(time).Min() : zone.GetUtcOffset(time));
    }

    private static DateTime At(long micros, DateTimeKind kind)
    {
        var ticks = DateTime.UnixEpoch.Ticks + (micros * TimeSpan.TicksPerMicrosecond);
        return new DateTime(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), kind);
    }

    private static long Micros(TimeSpan offset) => offset.Ticks / TimeSpan.TicksPerMicrosecond;
}
