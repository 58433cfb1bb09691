using System.Globalization;
using System.Runtime.InteropServices;

namespace Warehouse.DuckDb;

/// <summary>
/// A DuckDB INTERVAL: months, days and microseconds, each with its own sign, since a month has no fixed number of days
/// and a day no fixed number of hours. Two intervals are equal here when all three parts are.
/// </summary>
/// <param name="Months">Whole months.</param>
/// <param name="Days">Whole days.</param>
/// <param name="Microseconds">The rest, in microseconds.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DuckDBInterval(int Months, int Days, long Microseconds)
{
    /// <summary>The interval of an elapsed time: microseconds alone, what is finer cut off.</summary>
    public static DuckDBInterval FromTimeSpan(TimeSpan elapsed) => new(0, 0, elapsed.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>The elapsed time, with days of 24 hours.</summary>
    /// <exception cref="InvalidOperationException">There are months: how long they are depends on the date they are added to.</exception>
    /// <exception cref="OverflowException">It is longer than a <see cref="TimeSpan"/> can be.</exception>
    public TimeSpan ToTimeSpan() => Months == 0
        ? checked(new TimeSpan((Days * TimeSpan.TicksPerDay) + (Microseconds * TimeSpan.TicksPerMicrosecond)))
        : throw new InvalidOperationException($"The interval {this} has months, which have no fixed length; read it as {nameof(DuckDBInterval)}.");

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Months} months {Days} days {Microseconds} microseconds");
}
