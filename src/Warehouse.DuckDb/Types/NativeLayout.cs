namespace Warehouse.DuckDb.Types;

/// <summary>The DuckDB type whose values lie in memory exactly as the CLR's <typeparamref name="T"/> does.</summary>
internal static class NativeLayout<T>
{
    /// <summary><see cref="DuckDBType.Invalid"/> when there is none. The JIT knows it as a constant.</summary>
    public static readonly DuckDBType Type = Find();

    private static DuckDBType Find()
    {
        if (typeof(T) == typeof(bool)) { return DuckDBType.Boolean; }
        if (typeof(T) == typeof(sbyte)) { return DuckDBType.TinyInt; }
        if (typeof(T) == typeof(short)) { return DuckDBType.SmallInt; }
        if (typeof(T) == typeof(int)) { return DuckDBType.Integer; }
        if (typeof(T) == typeof(long)) { return DuckDBType.BigInt; }
        if (typeof(T) == typeof(byte)) { return DuckDBType.UnsignedTinyInt; }
        if (typeof(T) == typeof(ushort)) { return DuckDBType.UnsignedSmallInt; }
        if (typeof(T) == typeof(uint)) { return DuckDBType.UnsignedInteger; }
        if (typeof(T) == typeof(ulong)) { return DuckDBType.UnsignedBigInt; }
        if (typeof(T) == typeof(Int128)) { return DuckDBType.HugeInt; }
        if (typeof(T) == typeof(UInt128)) { return DuckDBType.UnsignedHugeInt; }
        if (typeof(T) == typeof(float)) { return DuckDBType.Float; }
        if (typeof(T) == typeof(double)) { return DuckDBType.Double; }
        if (typeof(T) == typeof(DuckDBDateOnly)) { return DuckDBType.Date; }
        if (typeof(T) == typeof(DuckDBTimestamp)) { return DuckDBType.Timestamp; }
        if (typeof(T) == typeof(DuckDBTimestampNs)) { return DuckDBType.TimestampNs; }
        if (typeof(T) == typeof(DuckDBInterval)) { return DuckDBType.Interval; }
        return DuckDBType.Invalid;
    }
}
