using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Warehouse.DuckDb.Types;

/// <summary>Reads one value, which is not NULL, as the CLR type that is asked for.</summary>
internal static class ValueReader
{
    /// <exception cref="InvalidCastException">Values of the column's type are not read as a <typeparamref name="T"/>.</exception>
    /// <exception cref="OverflowException">A <typeparamref name="T"/> cannot hold this value.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(ColumnVector column, long row)
    {
        if (NativeLayout<T>.Type != DuckDBType.Invalid && column.Type.Id == NativeLayout<T>.Type)
        {
            return InPlace<T>(column, row);
        }

        return Convert<T>(column, row);
    }

    public static object ReadObject(ColumnVector column, long row) => column.Type.Id switch
    {
        DuckDBType.Boolean => column.At<bool>(row),
        DuckDBType.TinyInt => column.At<sbyte>(row),
        DuckDBType.SmallInt => column.At<short>(row),
        DuckDBType.Integer => column.At<int>(row),
        DuckDBType.BigInt => column.At<long>(row),
        DuckDBType.UnsignedTinyInt => column.At<byte>(row),
        DuckDBType.UnsignedSmallInt => column.At<ushort>(row),
        DuckDBType.UnsignedInteger => column.At<uint>(row),
        DuckDBType.UnsignedBigInt => column.At<ulong>(row),
        DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt or DuckDBType.Bignum => NumberReader.BigInteger(column, row),
        DuckDBType.Float => column.At<float>(row),
        DuckDBType.Double => column.At<double>(row),
        DuckDBType.Decimal => NumberReader.Decimal(column, row),
        DuckDBType.Varchar or DuckDBType.Enum or DuckDBType.Bit => TextReaders.String(column, row),
        DuckDBType.Blob or DuckDBType.Geometry => column.BytesAt(row).ToArray(),
        DuckDBType.Uuid => Uuids.FromVector(column.At<UInt128>(row)),
        DuckDBType.Date => TimeReader.DateOnly(column, row),
        DuckDBType.Time or DuckDBType.TimeNs => TimeReader.TimeOnly(column, row),
        DuckDBType.TimeTz => DuckDBTimeTz.FromBits(column.At<ulong>(row)),
        DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs or DuckDBType.TimestampNs => TimeReader.DateTime(column, row),
        DuckDBType.TimestampTz => TimeReader.DateTimeOffset(column, row),
        DuckDBType.Interval => column.At<DuckDBInterval>(row),
        DuckDBType.List or DuckDBType.Array or DuckDBType.Map or DuckDBType.Struct or DuckDBType.Union => NestedReader.Object(column, row),
        _ => throw Unreadable(column),
    };

    public static InvalidCastException CannotRead(ColumnVector column, Type type) =>
        new($"Column '{column.Path}' is {column.Type}; it is not read as {type.Name} but as {ClrTypes.Of(column.Type).Name}, or cast in SQL.");

    public static NotSupportedException Unreadable(ColumnVector column) =>
        new($"Column '{column.Path}' is {column.Type}, which the provider does not read: cast it in SQL, for instance to VARCHAR.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe T InPlace<T>(ColumnVector column, long row) =>
        Unsafe.ReadUnaligned<T>(column.Data + (row * Unsafe.SizeOf<T>()));

    private static T Convert<T>(ColumnVector column, long row)
    {
        if (typeof(T) == typeof(sbyte)) { return As<sbyte, T>(NumberReader.Integer<sbyte>(column, row)); }
        if (typeof(T) == typeof(short)) { return As<short, T>(NumberReader.Integer<short>(column, row)); }
        if (typeof(T) == typeof(int)) { return As<int, T>(NumberReader.Integer<int>(column, row)); }
        if (typeof(T) == typeof(long)) { return As<long, T>(NumberReader.Integer<long>(column, row)); }
        if (typeof(T) == typeof(byte)) { return As<byte, T>(NumberReader.Integer<byte>(column, row)); }
        if (typeof(T) == typeof(ushort)) { return As<ushort, T>(NumberReader.Integer<ushort>(column, row)); }
        if (typeof(T) == typeof(uint)) { return As<uint, T>(NumberReader.Integer<uint>(column, row)); }
        if (typeof(T) == typeof(ulong)) { return As<ulong, T>(NumberReader.Integer<ulong>(column, row)); }
        if (typeof(T) == typeof(Int128)) { return As<Int128, T>(NumberReader.Integer<Int128>(column, row)); }
        if (typeof(T) == typeof(UInt128)) { return As<UInt128, T>(NumberReader.Integer<UInt128>(column, row)); }
        if (typeof(T) == typeof(BigInteger)) { return As<BigInteger, T>(NumberReader.BigInteger(column, row)); }
        if (typeof(T) == typeof(double)) { return As<double, T>(NumberReader.Double(column, row)); }
        if (typeof(T) == typeof(decimal)) { return As<decimal, T>(NumberReader.Decimal(column, row)); }
        if (typeof(T) == typeof(DuckDBDecimal)) { return As<DuckDBDecimal, T>(NumberReader.ExactDecimal(column, row)); }
        if (typeof(T) == typeof(DateOnly)) { return As<DateOnly, T>(TimeReader.DateOnly(column, row)); }
        if (typeof(T) == typeof(TimeOnly)) { return As<TimeOnly, T>(TimeReader.TimeOnly(column, row)); }
        if (typeof(T) == typeof(DuckDBTimeOnly)) { return As<DuckDBTimeOnly, T>(TimeReader.Time(column, row)); }
        if (typeof(T) == typeof(DuckDBTimeTz)) { return As<DuckDBTimeTz, T>(TimeReader.TimeTz(column, row)); }
        if (typeof(T) == typeof(DateTime)) { return As<DateTime, T>(TimeReader.DateTime(column, row)); }
        if (typeof(T) == typeof(DateTimeOffset)) { return As<DateTimeOffset, T>(TimeReader.DateTimeOffset(column, row)); }
        if (typeof(T) == typeof(DuckDBTimestamp)) { return As<DuckDBTimestamp, T>(TimeReader.Timestamp(column, row)); }
        if (typeof(T) == typeof(TimeSpan)) { return As<TimeSpan, T>(TimeReader.TimeSpan(column, row)); }
        if (typeof(T) == typeof(Guid)) { return As<Guid, T>(TextReaders.Guid(column, row)); }
        if (typeof(T) == typeof(char)) { return As<char, T>(TextReaders.Char(column, row)); }
        if (typeof(T) == typeof(string)) { return (T)(object)TextReaders.String(column, row); }
        if (typeof(T) == typeof(byte[])) { return (T)(object)TextReaders.Blob(column, row).ToArray(); }
        if (typeof(T) == typeof(Stream)) { return (T)(object)new MemoryStream(TextReaders.Blob(column, row).ToArray(), writable: false); }
        if (typeof(T) == typeof(TextReader)) { return (T)(object)new StringReader(TextReaders.String(column, row)); }
        if (typeof(T) == typeof(BitArray)) { return (T)(object)TextReaders.Bits(column, row); }
        if (typeof(T) == typeof(object)) { return (T)ReadObject(column, row); }
        return NestedReader.For<T>(column, row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTarget As<TSource, TTarget>(TSource value) => Unsafe.As<TSource, TTarget>(ref value);
}
