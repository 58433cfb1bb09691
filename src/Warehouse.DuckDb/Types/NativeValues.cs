using System.Collections;
using System.Numerics;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Types;

/// <summary>Makes the engine's value of a CLR value: the type of the one decides the type of the other.</summary>
internal static unsafe class NativeValues
{
    /// <exception cref="NotSupportedException">No DuckDB type is meant by the CLR type.</exception>
    /// <exception cref="OverflowException">The value does not fit the DuckDB type that is meant.</exception>
    public static ValueHandle Create(object? value) => new(CreatePointer(value));

    private static nint CreatePointer(object? value) => value switch
    {
        null or DBNull => NativeMethods.duckdb_create_null_value(),
        bool x => NativeMethods.duckdb_create_bool(x),
        sbyte x => NativeMethods.duckdb_create_int8(x),
        short x => NativeMethods.duckdb_create_int16(x),
        int x => NativeMethods.duckdb_create_int32(x),
        long x => NativeMethods.duckdb_create_int64(x),
        byte x => NativeMethods.duckdb_create_uint8(x),
        ushort x => NativeMethods.duckdb_create_uint16(x),
        uint x => NativeMethods.duckdb_create_uint32(x),
        ulong x => NativeMethods.duckdb_create_uint64(x),
        Int128 x => NativeMethods.duckdb_create_hugeint(new NativeInt128((UInt128)x)),
        UInt128 x => NativeMethods.duckdb_create_uhugeint(new NativeInt128(x)),
        BigInteger x => Integer(x),
        float x => NativeMethods.duckdb_create_float(x),
        double x => NativeMethods.duckdb_create_double(x),
        decimal x => Decimal(x),
        DuckDBDecimal x => Decimal(x),
        string x => Text(x),
        char x => Text(x.ToString()),
        byte[] x => Blob(x),
        ReadOnlyMemory<byte> x => Blob(x.Span),
        Memory<byte> x => Blob(x.Span),
        Guid x => NativeMethods.duckdb_create_uuid(new NativeInt128(Uuids.ToBits(x))),
        DateOnly x => NativeMethods.duckdb_create_date(DuckDBDateOnly.FromDateOnly(x).Days),
        DuckDBDateOnly x => NativeMethods.duckdb_create_date(x.Days),
        TimeOnly x => NativeMethods.duckdb_create_time(x.Ticks / TimeSpan.TicksPerMicrosecond),
        DuckDBTimeOnly x => Time(x),
        DuckDBTimeTz x => NativeMethods.duckdb_create_time_tz_value(x.ToBits()),
        DateTime x => NativeMethods.duckdb_create_timestamp(DuckDBTimestamp.FromDateTime(x).Microseconds),
        DuckDBTimestamp x => NativeMethods.duckdb_create_timestamp(x.Microseconds),
        DuckDBTimestampNs x => NativeMethods.duckdb_create_timestamp_ns(x.Nanoseconds),
        DateTimeOffset x => NativeMethods.duckdb_create_timestamp_tz(DuckDBTimestamp.FromDateTimeOffset(x).Microseconds),
        TimeSpan x => NativeMethods.duckdb_create_interval(DuckDBInterval.FromTimeSpan(x)),
        DuckDBInterval x => NativeMethods.duckdb_create_interval(x),
        BitArray x => Bits(x),
        Enum => throw new NotSupportedException(
            $"A {value.GetType().Name} may mean its name or its number: pass ToString() for an ENUM or VARCHAR, or cast it to its integer."),
        _ => NestedValues.Create(value, Create),
    };

    private static nint Integer(BigInteger value)
    {
        if (value >= Int128.MinValue && value <= Int128.MaxValue)
        {
            return NativeMethods.duckdb_create_hugeint(new NativeInt128((UInt128)(Int128)value));
        }

        if (value.Sign > 0 && value <= UInt128.MaxValue)
        {
            return NativeMethods.duckdb_create_uhugeint(new NativeInt128((UInt128)value));
        }

        var magnitude = BigInteger.Abs(value).ToByteArray(isUnsigned: true, isBigEndian: true);
        fixed (byte* data = magnitude)
        {
            return NativeMethods.duckdb_create_bignum(new NativeBignum
            {
                Data = data,
                Size = (ulong)magnitude.Length,
                IsNegative = value.Sign < 0 ? (byte)1 : (byte)0,
            });
        }
    }

    private static nint Decimal(DuckDBDecimal value)
    {
        var width = value.Width();
        return width <= DuckDBDecimal.MaxWidth
            ? NativeMethods.duckdb_create_decimal(new NativeDecimal
            {
                Width = width,
                Scale = value.Scale,
                Value = new NativeInt128((UInt128)value.Unscaled),
            })
            : throw new OverflowException($"The decimal {value} has {width} digits; DECIMAL holds {DuckDBDecimal.MaxWidth}.");
    }

    private static nint Time(DuckDBTimeOnly value) => value.Nanoseconds % 1000 == 0
        ? NativeMethods.duckdb_create_time(value.Nanoseconds / 1000)
        : NativeMethods.duckdb_create_time_ns(value.Nanoseconds);

    private static nint Text(string value)
    {
        var bytes = NativeText.Bytes(value, "A text value");
        fixed (byte* data = bytes)
        {
            return NativeMethods.duckdb_create_varchar_length(data, (ulong)bytes.Length);
        }
    }

    private static nint Blob(ReadOnlySpan<byte> value)
    {
        byte none = 0;
        fixed (byte* data = value)
        {
            return NativeMethods.duckdb_create_blob(data is null ? &none : data, (ulong)value.Length);
        }
    }

    private static nint Bits(BitArray value)
    {
        var bytes = BitStrings.ToBytes(value);
        fixed (byte* data = bytes)
        {
            return NativeMethods.duckdb_create_bit(new NativeBit { Data = data, Size = (ulong)bytes.Length });
        }
    }
}
