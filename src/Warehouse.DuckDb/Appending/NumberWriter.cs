using System.Numerics;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb.Appending;

/// <summary>Numbers: an integer may go to any numeric column that holds it exactly, a fraction to one of its own sort.</summary>
internal static class NumberWriter
{
    public static void Integer<T>(ColumnWriter column, long row, T value)
        where T : IBinaryInteger<T>
    {
        try
        {
            switch (column.Type.Id)
            {
                case DuckDBType.TinyInt: column.Put(row, sbyte.CreateChecked(value)); break;
                case DuckDBType.SmallInt: column.Put(row, short.CreateChecked(value)); break;
                case DuckDBType.Integer: column.Put(row, int.CreateChecked(value)); break;
                case DuckDBType.BigInt: column.Put(row, long.CreateChecked(value)); break;
                case DuckDBType.UnsignedTinyInt: column.Put(row, byte.CreateChecked(value)); break;
                case DuckDBType.UnsignedSmallInt: column.Put(row, ushort.CreateChecked(value)); break;
                case DuckDBType.UnsignedInteger: column.Put(row, uint.CreateChecked(value)); break;
                case DuckDBType.UnsignedBigInt: column.Put(row, ulong.CreateChecked(value)); break;
                case DuckDBType.HugeInt: column.Put(row, Int128.CreateChecked(value)); break;
                case DuckDBType.UnsignedHugeInt: column.Put(row, UInt128.CreateChecked(value)); break;
                case DuckDBType.Bignum: column.PutBytes(row, Bignums.Write(BigInteger.CreateChecked(value))); break;
                case DuckDBType.Decimal: Decimal(column, row, new DuckDBDecimal(Int128.CreateChecked(value), 0)); break;
                case DuckDBType.Double: column.Put(row, Exactly(column, value)); break;
                default: throw ValueWriter.CannotWrite(column, typeof(T));
            }
        }
        catch (OverflowException)
        {
            throw ValueWriter.DoesNotFit(column, value);
        }
    }

    public static void Double(ColumnWriter column, long row, double value)
    {
        if (column.Type.Id != DuckDBType.Double)
        {
            throw ValueWriter.CannotWrite(column, typeof(double));
        }

        column.Put(row, value);
    }

    public static void Decimal(ColumnWriter column, long row, DuckDBDecimal value)
    {
        if (column.Type.Id != DuckDBType.Decimal)
        {
            throw ValueWriter.CannotWrite(column, typeof(decimal));
        }

        var unscaled = Rescaled(column, value);
        switch (column.Type.Storage)
        {
            case DuckDBType.SmallInt: column.Put(row, (short)unscaled); break;
            case DuckDBType.Integer: column.Put(row, (int)unscaled); break;
            case DuckDBType.BigInt: column.Put(row, (long)unscaled); break;
            default: column.Put(row, unscaled); break;
        }
    }

    private static double Exactly<T>(ColumnWriter column, T value)
        where T : IBinaryInteger<T>
    {
        var rounded = double.CreateChecked(value);
        return BigInteger.CreateChecked(value) == new BigInteger(rounded) ? rounded : throw ValueWriter.DoesNotFit(column, value);
    }

    /// <summary>The value without its point at the column's scale; digits that the column does not have may only be zeros.</summary>
    private static Int128 Rescaled(ColumnWriter column, DuckDBDecimal value)
    {
        var difference = column.Type.Scale - value.Scale;
        var limit = PowersOfTen.Of(column.Type.Width);
        if (difference >= 0)
        {
            var widened = difference == 0 ? value.Unscaled
                : Int128.Abs(value.Unscaled) < PowersOfTen.Of(column.Type.Width - difference) ? value.Unscaled * PowersOfTen.Of(difference)
                : limit;
            return Int128.Abs(widened) < limit ? widened : throw ValueWriter.DoesNotFit(column, value);
        }

        var (shortened, lost) = Int128.DivRem(value.Unscaled, PowersOfTen.Of(-difference));
        return lost == 0 && Int128.Abs(shortened) < limit ? shortened : throw ValueWriter.DoesNotFit(column, value);
    }
}
