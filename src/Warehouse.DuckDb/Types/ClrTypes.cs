using System.Numerics;

namespace Warehouse.DuckDb.Types;

/// <summary>The CLR type that <c>GetValue</c> gives for each DuckDB type: always the same for a column, NULLs aside.</summary>
internal static class ClrTypes
{
    public static Type Of(DuckDBLogicalType type) => type.Id switch
    {
        DuckDBType.Boolean => typeof(bool),
        DuckDBType.TinyInt => typeof(sbyte),
        DuckDBType.SmallInt => typeof(short),
        DuckDBType.Integer => typeof(int),
        DuckDBType.BigInt => typeof(long),
        DuckDBType.UnsignedTinyInt => typeof(byte),
        DuckDBType.UnsignedSmallInt => typeof(ushort),
        DuckDBType.UnsignedInteger => typeof(uint),
        DuckDBType.UnsignedBigInt => typeof(ulong),
        DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt or DuckDBType.Bignum => typeof(BigInteger),
        DuckDBType.Float => typeof(float),
        DuckDBType.Double => typeof(double),
        DuckDBType.Decimal => typeof(decimal),
        DuckDBType.Varchar or DuckDBType.Enum or DuckDBType.Bit => typeof(string),
        DuckDBType.Blob or DuckDBType.Geometry => typeof(byte[]),
        DuckDBType.Uuid => typeof(Guid),
        DuckDBType.Date => typeof(DateOnly),
        DuckDBType.Time or DuckDBType.TimeNs => typeof(TimeOnly),
        DuckDBType.TimeTz => typeof(DuckDBTimeTz),
        DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs or DuckDBType.TimestampNs => typeof(DateTime),
        DuckDBType.TimestampTz => typeof(DateTimeOffset),
        DuckDBType.Interval => typeof(DuckDBInterval),
        DuckDBType.List or DuckDBType.Array => typeof(List<>).MakeGenericType(OrNull(type.Members[0].Type)),
        DuckDBType.Map => typeof(Dictionary<,>).MakeGenericType(Of(type.Members[0].Type), OrNull(type.Members[1].Type)),
        DuckDBType.Struct => typeof(Dictionary<string, object?>),
        _ => typeof(object),
    };

    private static Type OrNull(DuckDBLogicalType type)
    {
        var clr = Of(type);
        return clr.IsValueType ? typeof(Nullable<>).MakeGenericType(clr) : clr;
    }
}
