using System.Numerics;

namespace Warehouse.DuckDb.Types;

/// <summary>Numbers, as wide as the caller asks for, refused where they do not fit exactly (DOUBLE excepted, which rounds).</summary>
internal static class NumberReader
{
    public static T Integer<T>(ColumnVector column, long row)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        try
        {
            return column.Type.Id == DuckDBType.UnsignedHugeInt
                ? T.CreateChecked(column.At<UInt128>(row))
                : T.CreateChecked(Signed(column, row, typeof(T)));
        }
        catch (OverflowException fault)
        {
            throw new OverflowException(
                $"Column '{column.Path}' is {column.Type} and holds {BigInteger(column, row)}, which {typeof(T).Name} does not ({T.MinValue} to {T.MaxValue}).", fault);
        }
    }

    public static BigInteger BigInteger(ColumnVector column, long row) => column.Type.Id switch
    {
        DuckDBType.Bignum => Bignums.Read(column.BytesAt(row)),
        DuckDBType.UnsignedHugeInt => column.At<UInt128>(row),
        _ => Signed(column, row, typeof(BigInteger)),
    };

    public static double Double(ColumnVector column, long row) => column.Type.Id switch
    {
        DuckDBType.Float => column.At<float>(row),
        DuckDBType.Decimal => ExactDecimal(column, row).ToDouble(),
        DuckDBType.UnsignedHugeInt => (double)column.At<UInt128>(row),
        _ => (double)Signed(column, row, typeof(double)),
    };

    public static decimal Decimal(ColumnVector column, long row)
    {
        if (column.Type.Id == DuckDBType.Decimal && column.Type.Width <= 18)
        {
            return Narrow(column, row);
        }

        try
        {
            return ExactDecimal(column, row).ToDecimal();
        }
        catch (OverflowException fault)
        {
            throw new OverflowException($"Column '{column.Path}' is {column.Type}. {fault.Message}", fault);
        }
    }

    public static DuckDBDecimal ExactDecimal(ColumnVector column, long row) => column.Type.Id == DuckDBType.Decimal
        ? new DuckDBDecimal(Unscaled(column, row), (byte)column.Type.Scale)
        : new DuckDBDecimal(Integer<Int128>(column, row), 0);

    /// <summary>A DECIMAL of up to 18 digits, which a long holds, without the detour by 128 bits.</summary>
    private static decimal Narrow(ColumnVector column, long row)
    {
        var unscaled = column.Type.Storage switch
        {
            DuckDBType.SmallInt => column.At<short>(row),
            DuckDBType.Integer => column.At<int>(row),
            _ => column.At<long>(row),
        };
        var magnitude = unscaled < 0 ? (ulong)-unscaled : (ulong)unscaled;
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, unscaled < 0, (byte)column.Type.Scale);
    }

    private static Int128 Unscaled(ColumnVector column, long row) => column.Type.Storage switch
    {
        DuckDBType.SmallInt => column.At<short>(row),
        DuckDBType.Integer => column.At<int>(row),
        DuckDBType.BigInt => column.At<long>(row),
        _ => column.At<Int128>(row),
    };

    private static Int128 Signed(ColumnVector column, long row, Type wanted) => column.Type.Id switch
    {
        DuckDBType.TinyInt => column.At<sbyte>(row),
        DuckDBType.SmallInt => column.At<short>(row),
        DuckDBType.Integer => column.At<int>(row),
        DuckDBType.BigInt => column.At<long>(row),
        DuckDBType.UnsignedTinyInt => column.At<byte>(row),
        DuckDBType.UnsignedSmallInt => column.At<ushort>(row),
        DuckDBType.UnsignedInteger => column.At<uint>(row),
        DuckDBType.UnsignedBigInt => column.At<ulong>(row),
        DuckDBType.HugeInt => column.At<Int128>(row),
        _ => throw ValueReader.CannotRead(column, wanted),
    };
}
