using System.Globalization;

namespace Warehouse.DuckDb;

/// <summary>
/// A DuckDB TIMESTAMP, TIMESTAMP_S, TIMESTAMP_MS or TIMESTAMP WITH TIME ZONE, which may be infinite and reaches years
/// that <see cref="DateTime"/> does not. One with time zone is an instant in UTC; the others are read off a clock.
/// </summary>
/// <param name="Microseconds">Microseconds since 1970-01-01 00:00:00; the two ends of the range stand for the infinities.</param>
public readonly record struct DuckDBTimestamp(long Microseconds) : IComparable<DuckDBTimestamp>
{
    /// <summary>The moment after every other, <c>infinity</c> in SQL.</summary>
    public static DuckDBTimestamp PositiveInfinity => new(long.MaxValue);

    /// <summary>The moment before every other, <c>-infinity</c> in SQL.</summary>
    public static DuckDBTimestamp NegativeInfinity => new(-long.MaxValue);

    /// <summary>Whether this is a moment and not an infinity.</summary>
    public bool IsFinite => Microseconds is not (long.MaxValue or -long.MaxValue);

    public static bool operator <(DuckDBTimestamp left, DuckDBTimestamp right) => left.Microseconds < right.Microseconds;

    public static bool operator >(DuckDBTimestamp left, DuckDBTimestamp right) => left.Microseconds > right.Microseconds;

    public static bool operator <=(DuckDBTimestamp left, DuckDBTimestamp right) => left.Microseconds <= right.Microseconds;

    public static bool operator >=(DuckDBTimestamp left, DuckDBTimestamp right) => left.Microseconds >= right.Microseconds;

    /// <summary>What the clock shows, its <see cref="DateTime.Kind"/> aside; what is finer than a microsecond is cut off.</summary>
    public static DuckDBTimestamp FromDateTime(DateTime value) =>
        new((value.Ticks / TimeSpan.TicksPerMicrosecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>The instant in UTC; what is finer than a microsecond is cut off.</summary>
    public static DuckDBTimestamp FromDateTimeOffset(DateTimeOffset value) => FromDateTime(value.UtcDateTime);

    /// <summary>The same as a <see cref="DateTime"/> of unspecified kind.</summary>
    /// <exception cref="OverflowException">It is infinite, or not in the years 1 to 9999.</exception>
    public DateTime ToDateTime()
    {
        var ticks = ((Int128)Microseconds * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime((long)ticks, DateTimeKind.Unspecified)
            : throw new OverflowException($"The timestamp {this} is beyond what {nameof(DateTime)} holds; read it as {nameof(DuckDBTimestamp)}.");
    }

    /// <inheritdoc/>
    public int CompareTo(DuckDBTimestamp other) => Microseconds.CompareTo(other.Microseconds);

    /// <inheritdoc/>
    public override string ToString() => Microseconds switch
    {
        long.MaxValue => "infinity",
        -long.MaxValue => "-infinity",
        _ => string.Create(CultureInfo.InvariantCulture, $"1970-01-01 {Microseconds:+0;-0} microseconds"),
    };
}

/// <summary>A DuckDB TIMESTAMP_NS: finer than <see cref="DateTime"/>, within the years 1677 to 2262.</summary>
/// <param name="Nanoseconds">Nanoseconds since 1970-01-01 00:00:00; the two ends of the range stand for the infinities.</param>
public readonly record struct DuckDBTimestampNs(long Nanoseconds)
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The moment after every other, <c>infinity</c> in SQL.</summary>
    public static DuckDBTimestampNs PositiveInfinity => new(long.MaxValue);

    /// <summary>The moment before every other, <c>-infinity</c> in SQL.</summary>
    public static DuckDBTimestampNs NegativeInfinity => new(-long.MaxValue);

    /// <summary>Whether this is a moment and not an infinity.</summary>
    public bool IsFinite => Nanoseconds is not (long.MaxValue or -long.MaxValue);

    /// <summary>The same as a <see cref="DateTime"/> of unspecified kind.</summary>
    /// <exception cref="OverflowException">It is infinite, or finer than the 100 nanoseconds of <see cref="DateTime"/>.</exception>
    public DateTime ToDateTime() => IsFinite && Nanoseconds % NanosecondsPerTick == 0
        ? DateTime.SpecifyKind(DateTime.UnixEpoch.AddTicks(Nanoseconds / NanosecondsPerTick), DateTimeKind.Unspecified)
        : throw new OverflowException($"The timestamp {this} is beyond what {nameof(DateTime)} holds; read it as {nameof(DuckDBTimestampNs)}.");

    /// <inheritdoc/>
    public override string ToString() => Nanoseconds switch
    {
        long.MaxValue => "infinity",
        -long.MaxValue => "-infinity",
        _ => string.Create(CultureInfo.InvariantCulture, $"1970-01-01 {Nanoseconds:+0;-0} nanoseconds"),
    };
}
