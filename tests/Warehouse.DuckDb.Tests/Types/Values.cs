using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Warehouse.DuckDb.Tests.Types;

/// <summary>Values of every type, the ends of its range among them more often than chance would have it.</summary>
internal static class Values
{
    private const long FirstMicrosecond = -62_135_596_800_000_000;
    private const long LastMicrosecond = 253_402_300_799_999_999;
    private const long MicrosecondsPerDay = 86_400_000_000;

    public static Gen<UInt128> Bits { get; } =
        from upper in Longs
        from lower in Longs
        select new UInt128((ulong)upper, (ulong)lower);

    public static Gen<long> Longs => Gen.OneOf(
        ArbMap.Default.GeneratorFor<long>(),
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        select ((long)high << 32) | (uint)low,
        Gen.Elements(0L, 1L, -1L, long.MaxValue, long.MinValue));

    public static Gen<Int128> SmallHugeInts =>
        from bits in Bits
        from shift in Gen.Choose(1, 127)
        select (Int128)bits >> shift;

    public static Gen<BigInteger> BigIntegers =>
        from bytes in Gen.Choose(0, 60).SelectMany(count => Gen.Choose(0, 255).Select(value => (byte)value).ListOf(count))
        select new BigInteger([.. bytes]);

    public static Gen<double> Doubles => Gen.OneOf(
        Longs.Select(BitConverter.Int64BitsToDouble),
        Gen.Elements(0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, 0.1));

    public static Gen<float> Floats => Gen.OneOf(
        Gen.Choose(int.MinValue, int.MaxValue).Select(BitConverter.Int32BitsToSingle),
        Gen.Elements(0, -0.0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon, 0.1f));

    public static Gen<decimal> Decimals => Gen.OneOf(
        ArbMap.Default.GeneratorFor<decimal>(),
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from middle in Gen.Choose(int.MinValue, int.MaxValue)
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from scale in Gen.Choose(0, 28)
        from negative in Gen.Elements(true, false)
        select new decimal(low, middle, high, negative, (byte)scale),
        Gen.Elements(0m, 1m, -0.01m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m));

    /// <summary>DECIMAL(38,10).</summary>
    public static Gen<DuckDBDecimal> WideDecimals => SmallHugeInts
        .Where(value => Int128.Abs(value) < Int128.Parse("1" + new string('0', 38), CultureInfo.InvariantCulture))
        .Select(value => new DuckDBDecimal(value, 10));

    /// <summary>Without lone surrogates, which no UTF-8 has, but with NUL, quotes and characters beyond 16 bits.</summary>
    public static Gen<string> Texts => Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => string.Concat((text ?? "").EnumerateRunes())),
        Gen.Choose(0, 0x10FFFF).Where(code => Rune.IsValid(code)).Select(code => new Rune(code).ToString()).ListOf().Select(string.Concat),
        Gen.Elements("", "\0", "'", "a\"b", "exactly 12 b", "thirteen byte", "🦆", new string('x', 100_000)));

    public static Gen<byte[]> Blobs => Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    public static Gen<Guid> Guids => Bits.Select(bits => new Guid(
        [.. Enumerable.Range(0, 16).Select(index => (byte)(bits >> (index * 8)))]));

    public static Gen<DateOnly> Dates => Gen.OneOf(
        Gen.Choose(0, DateOnly.MaxValue.DayNumber).Select(DateOnly.FromDayNumber),
        Gen.Elements(DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(1970, 1, 1), new DateOnly(2000, 2, 29)));

    public static Gen<DuckDBDateOnly> AnyDates => Gen.OneOf(
        Dates.Select(DuckDBDateOnly.FromDateOnly),
        Gen.Elements(DuckDBDateOnly.PositiveInfinity, DuckDBDateOnly.NegativeInfinity, new DuckDBDateOnly(int.MaxValue - 1), new DuckDBDateOnly(-int.MaxValue + 1)));

    public static Gen<TimeOnly> Times => MicrosecondsOfDay.Select(value => new TimeOnly(value * TimeSpan.TicksPerMicrosecond));

    public static Gen<DuckDBTimeOnly> AnyTimes => Gen.OneOf(
        MicrosecondsOfDay.Select(DuckDBTimeOnly.FromMicroseconds),
        Gen.Constant(DuckDBTimeOnly.EndOfDay));

    public static Gen<DuckDBTimeOnly> NanosecondTimes =>
        from microseconds in MicrosecondsOfDay
        from nanoseconds in Gen.Choose(0, 999)
        select new DuckDBTimeOnly((microseconds * 1000) + nanoseconds);

    public static Gen<DuckDBTimeTz> ZonedTimes =>
        from time in AnyTimes
        from offset in Gen.Choose(-57_599, 57_599)
        select new DuckDBTimeTz(time, offset);

    public static Gen<DateTime> DateTimes => Gen.OneOf(
        MicrosecondsOfCalendar.Select(value => DateTime.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond)),
        Gen.Elements(DateTime.MinValue, new DateTime(9999, 12, 31, 23, 59, 59), DateTime.UnixEpoch))
        .Select(value => DateTime.SpecifyKind(value, DateTimeKind.Unspecified));

    public static Gen<DuckDBTimestamp> Timestamps => Gen.OneOf(
        MicrosecondsOfCalendar.Select(value => new DuckDBTimestamp(value)),
        Gen.Elements(DuckDBTimestamp.PositiveInfinity, DuckDBTimestamp.NegativeInfinity, new DuckDBTimestamp(0), new DuckDBTimestamp(-1)));

    public static Gen<DuckDBTimestampNs> NanosecondTimestamps => Gen.OneOf(
        Longs.Where(value => value > long.MinValue / 1000 * 999 && value != long.MaxValue).Select(value => new DuckDBTimestampNs(value)),
        Gen.Elements(DuckDBTimestampNs.PositiveInfinity, DuckDBTimestampNs.NegativeInfinity));

    public static Gen<DateTimeOffset> Instants =>
        from value in MicrosecondsOfCalendar.Where(value => value > FirstMicrosecond + MicrosecondsPerDay && value < LastMicrosecond - MicrosecondsPerDay)
        from quarters in Gen.Choose(-48, 56)
        select new DateTimeOffset(DateTime.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond)).ToOffset(TimeSpan.FromMinutes(15 * quarters));

    public static Gen<DuckDBInterval> Intervals =>
        from months in Gen.Choose(-1_000_000, 1_000_000)
        from days in Gen.Choose(-1_000_000, 1_000_000)
        from microseconds in Longs
        select new DuckDBInterval(months, days, microseconds / 1000);

    public static Gen<TimeSpan> Spans => Longs.Select(ticks => new TimeSpan(ticks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond));

    public static Gen<BitArray> BitStrings => Gen.Elements(true, false).NonEmptyListOf().Select(bits => new BitArray([.. bits]));

    public static Gen<T?> OrNull<T>(Gen<T> values)
        where T : struct => Gen.Frequency((1, Gen.Constant((T?)null)), (4, values.Select(value => (T?)value)));

    private static Gen<long> MicrosecondsOfDay => Longs.Select(value => (long)((ulong)value % MicrosecondsPerDay));

    private static Gen<long> MicrosecondsOfCalendar => Longs.Select(value => FirstMicrosecond + (long)((ulong)value % (ulong)(LastMicrosecond - FirstMicrosecond)));
}
