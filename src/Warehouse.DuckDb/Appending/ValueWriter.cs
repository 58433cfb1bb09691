using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb.Appending;

/// <summary>
/// Brings a value to its column's type. The column decides the type, and a value that it does not hold exactly is
/// refused; dates and times alone are cut off at the column's precision.
/// </summary>
internal static class ValueWriter
{
    /// <exception cref="InvalidCastException">A column of this type is not written from a value of that type.</exception>
    /// <exception cref="OverflowException">The column cannot hold the value.</exception>
    public static void Write<T>(ColumnWriter column, long row, T value)
    {
        if (value is null || typeof(T) == typeof(DBNull))
        {
            column.PutNull(row);
            return;
        }

        if (typeof(T) == typeof(sbyte)) { NumberWriter.Integer(column, row, As<T, sbyte>(value)); }
        else if (typeof(T) == typeof(short)) { NumberWriter.Integer(column, row, As<T, short>(value)); }
        else if (typeof(T) == typeof(int)) { NumberWriter.Integer(column, row, As<T, int>(value)); }
        else if (typeof(T) == typeof(long)) { NumberWriter.Integer(column, row, As<T, long>(value)); }
        else if (typeof(T) == typeof(byte)) { NumberWriter.Integer(column, row, As<T, byte>(value)); }
        else if (typeof(T) == typeof(ushort)) { NumberWriter.Integer(column, row, As<T, ushort>(value)); }
        else if (typeof(T) == typeof(uint)) { NumberWriter.Integer(column, row, As<T, uint>(value)); }
        else if (typeof(T) == typeof(ulong)) { NumberWriter.Integer(column, row, As<T, ulong>(value)); }
        else if (typeof(T) == typeof(Int128)) { NumberWriter.Integer(column, row, As<T, Int128>(value)); }
        else if (typeof(T) == typeof(UInt128)) { NumberWriter.Integer(column, row, As<T, UInt128>(value)); }
        else if (typeof(T) == typeof(BigInteger)) { NumberWriter.Integer(column, row, As<T, BigInteger>(value)); }
        else if (typeof(T) == typeof(float)) { NumberWriter.Double(column, row, As<T, float>(value)); }
        else if (typeof(T) == typeof(decimal)) { NumberWriter.Decimal(column, row, As<T, decimal>(value)); }
        else if (typeof(T) == typeof(DuckDBDecimal)) { NumberWriter.Decimal(column, row, As<T, DuckDBDecimal>(value)); }
        else if (typeof(T) == typeof(DateOnly)) { TimeWriter.Date(column, row, As<T, DateOnly>(value)); }
        else if (typeof(T) == typeof(TimeOnly)) { TimeWriter.Time(column, row, As<T, TimeOnly>(value)); }
        else if (typeof(T) == typeof(DuckDBTimeOnly)) { TimeWriter.Time(column, row, As<T, DuckDBTimeOnly>(value)); }
        else if (typeof(T) == typeof(DuckDBTimeTz)) { TimeWriter.TimeTz(column, row, As<T, DuckDBTimeTz>(value)); }
        else if (typeof(T) == typeof(DateTime)) { TimeWriter.DateTime(column, row, As<T, DateTime>(value)); }
        else if (typeof(T) == typeof(DateTimeOffset)) { TimeWriter.Instant(column, row, As<T, DateTimeOffset>(value)); }
        else if (typeof(T) == typeof(DuckDBTimestamp)) { TimeWriter.Timestamp(column, row, As<T, DuckDBTimestamp>(value)); }
        else if (typeof(T) == typeof(TimeSpan)) { TimeWriter.Interval(column, row, As<T, TimeSpan>(value)); }
        else if (typeof(T) == typeof(Guid)) { TextWriters.Guid(column, row, As<T, Guid>(value)); }
        else { Object(column, row, value); }
    }

    public static InvalidCastException CannotWrite(ColumnWriter column, Type type) =>
        new($"Column '{column.Path}' is {column.Type} and is not written from a {type.Name}.");

    public static OverflowException DoesNotFit(ColumnWriter column, object value) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Column '{column.Path}' is {column.Type}, which does not hold {value}."));

    private static void Object(ColumnWriter column, long row, object value)
    {
        switch (value)
        {
            case DBNull: column.PutNull(row); break;
            case string x: TextWriters.Text(column, row, x); break;
            case byte[] x: TextWriters.Blob(column, row, x); break;
            case ReadOnlyMemory<byte> x: TextWriters.Blob(column, row, x.Span); break;
            case Memory<byte> x: TextWriters.Blob(column, row, x.Span); break;
            case char x: TextWriters.Text(column, row, [x]); break;
            case BitArray x: TextWriters.Bits(column, row, x); break;
            case bool x: Same(column, row, x); break;
            case double x: NumberWriter.Double(column, row, x); break;
            case DuckDBDateOnly x: Same(column, row, x); break;
            case DuckDBInterval x: Same(column, row, x); break;
            case DuckDBTimestampNs x: Same(column, row, x); break;
            case sbyte x: column.Write(row, x); break;
            case short x: column.Write(row, x); break;
            case int x: column.Write(row, x); break;
            case long x: column.Write(row, x); break;
            case byte x: column.Write(row, x); break;
            case ushort x: column.Write(row, x); break;
            case uint x: column.Write(row, x); break;
            case ulong x: column.Write(row, x); break;
            case Int128 x: column.Write(row, x); break;
            case UInt128 x: column.Write(row, x); break;
            case BigInteger x: column.Write(row, x); break;
            case float x: column.Write(row, x); break;
            case decimal x: column.Write(row, x); break;
            case DuckDBDecimal x: column.Write(row, x); break;
            case DateOnly x: column.Write(row, x); break;
            case TimeOnly x: column.Write(row, x); break;
            case DuckDBTimeOnly x: column.Write(row, x); break;
            case DuckDBTimeTz x: column.Write(row, x); break;
            case DateTime x: column.Write(row, x); break;
            case DateTimeOffset x: column.Write(row, x); break;
            case DuckDBTimestamp x: column.Write(row, x); break;
            case TimeSpan x: column.Write(row, x); break;
            case Guid x: column.Write(row, x); break;
            default: NestedWriter.Write(column, row, value); break;
        }
    }

    /// <summary>Of a type whose values lie in memory as the CLR's do.</summary>
    private static void Same<T>(ColumnWriter column, long row, T value)
        where T : unmanaged
    {
        if (column.Type.Id != NativeLayout<T>.Type)
        {
            throw CannotWrite(column, typeof(T));
        }

        column.Put(row, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTarget As<TSource, TTarget>(TSource value) => Unsafe.As<TSource, TTarget>(ref value);
}
