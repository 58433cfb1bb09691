using System.Globalization;
using System.Runtime.InteropServices;

namespace Warehouse.DuckDb;

/// <summary>A DuckDB TIME or TIME_NS: 00:00:00 to 24:00:00, both ends included, which <see cref="TimeOnly"/> does not have.</summary>
/// <param name="Nanoseconds">Nanoseconds since midnight.</param>
public readonly record struct DuckDBTimeOnly(long Nanoseconds) : IComparable<DuckDBTimeOnly>
{
    private const long NanosecondsPerTick = 100;
    private const long NanosecondsPerMicrosecond = 1000;

    /// <summary>24:00:00, the end of the day.</summary>
    public static DuckDBTimeOnly EndOfDay => new(TimeSpan.TicksPerDay * NanosecondsPerTick);

    public static implicit operator DuckDBTimeOnly(TimeOnly time) => FromTimeOnly(time);

    public static bool operator <(DuckDBTimeOnly left, DuckDBTimeOnly right) => left.Nanoseconds < right.Nanoseconds;

    public static bool operator >(DuckDBTimeOnly left, DuckDBTimeOnly right) => left.Nanoseconds > right.Nanoseconds;

    public static bool operator <=(DuckDBTimeOnly left, DuckDBTimeOnly right) => left.Nanoseconds <= right.Nanoseconds;

    public static bool operator >=(DuckDBTimeOnly left, DuckDBTimeOnly right) => left.Nanoseconds >= right.Nanoseconds;

    public static DuckDBTimeOnly FromTimeOnly(TimeOnly time) => new(time.Ticks * NanosecondsPerTick);

    /// <summary>A time given in microseconds since midnight, the precision of TIME.</summary>
    public static DuckDBTimeOnly FromMicroseconds(long microseconds) => new(checked(microseconds * NanosecondsPerMicrosecond));

    /// <exception cref="OverflowException">It is 24:00:00, or finer than the 100 nanoseconds of <see cref="TimeOnly"/>.</exception>
    public TimeOnly ToTimeOnly() =>
        Nanoseconds >= 0 && Nanoseconds < EndOfDay.Nanoseconds && Nanoseconds % NanosecondsPerTick == 0
            ? new TimeOnly(Nanoseconds / NanosecondsPerTick)
            : throw new OverflowException($"The time {this} is beyond what {nameof(TimeOnly)} holds; read it as {nameof(DuckDBTimeOnly)}.");

    /// <inheritdoc/>
    public int CompareTo(DuckDBTimeOnly other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <inheritdoc/>
    public override string ToString()
    {
        var seconds = Math.DivRem(Nanoseconds, 1_000_000_000, out var fraction);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}.{fraction:000000000}");
    }
}

/// <summary>A DuckDB TIME WITH TIME ZONE: a time of day and how far its clock is ahead of UTC.</summary>
/// <param name="Time">The time on that clock.</param>
/// <param name="OffsetSeconds">Seconds ahead of UTC, from -57,599 to 57,599.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DuckDBTimeTz(DuckDBTimeOnly Time, int OffsetSeconds)
{
    private const int LargestOffset = 57_599;
    private const int OffsetBits = 24;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Time}{(OffsetSeconds < 0 ? '-' : '+')}{TimeSpan.FromSeconds(Math.Abs(OffsetSeconds)):c}");

    /// <summary>As the engine packs it: 40 bits of microseconds, then 24 of the offset, the largest first.</summary>
    internal ulong ToBits()
    {
        if (Math.Abs(OffsetSeconds) > LargestOffset)
        {
            throw new OverflowException($"The offset of {OffsetSeconds} seconds is beyond 15:59:59.");
        }

        return ((ulong)(Time.Nanoseconds / 1000) << OffsetBits) | (uint)(LargestOffset - OffsetSeconds);
    }

    internal static DuckDBTimeTz FromBits(ulong bits) => new(
        DuckDBTimeOnly.FromMicroseconds((long)(bits >> OffsetBits)),
        LargestOffset - (int)(bits & ((1UL << OffsetBits) - 1)));
}
