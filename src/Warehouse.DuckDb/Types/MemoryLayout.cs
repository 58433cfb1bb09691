namespace Warehouse.DuckDb.Types;

/// <summary>Which CLR types a column's memory may be looked at as.</summary>
internal static class MemoryLayout
{
    /// <exception cref="InvalidCastException">The column's values lie in memory otherwise.</exception>
    public static void Require<T>(DuckDBLogicalType type, string path)
        where T : unmanaged
    {
        var layout = NativeLayout<T>.Type;
        if (layout == DuckDBType.Invalid || (layout != type.Storage && layout != Carrier(type.Storage) && !IsTimestamp(layout, type.Storage)))
        {
            throw new InvalidCastException(
                $"Column '{path}' is {type}, whose values do not lie in memory as {typeof(T).Name}{(Carrier(type.Storage) == DuckDBType.Invalid ? "" : $" but as {Carrier(type.Storage)}")}.");
        }
    }

    /// <summary>The plain number that carries a type's values.</summary>
    private static DuckDBType Carrier(DuckDBType storage) => storage switch
    {
        DuckDBType.Date => DuckDBType.Integer,
        DuckDBType.Time or DuckDBType.TimeNs or DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs
            or DuckDBType.TimestampNs or DuckDBType.TimestampTz => DuckDBType.BigInt,
        DuckDBType.TimeTz => DuckDBType.UnsignedBigInt,
        DuckDBType.Uuid => DuckDBType.UnsignedHugeInt,
        DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt or DuckDBType.HugeInt
            or DuckDBType.UnsignedTinyInt or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedInteger
            or DuckDBType.UnsignedBigInt or DuckDBType.UnsignedHugeInt or DuckDBType.Boolean or DuckDBType.Float
            or DuckDBType.Double or DuckDBType.Interval => storage,
        _ => DuckDBType.Invalid,
    };

    /// <summary>Whether the values have variable length and lie in memory as <see cref="DuckDBString"/>.</summary>
    public static bool IsString(DuckDBType storage) =>
        storage is DuckDBType.Varchar or DuckDBType.Blob or DuckDBType.Bit or DuckDBType.Bignum or DuckDBType.Geometry;

    private static bool IsTimestamp(DuckDBType layout, DuckDBType storage) =>
        layout == DuckDBType.Timestamp && storage == DuckDBType.TimestampTz;
}
