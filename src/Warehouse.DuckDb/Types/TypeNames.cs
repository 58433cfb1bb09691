using System.Collections.Frozen;

namespace Warehouse.DuckDb.Types;

/// <summary>What SQL calls the types that have no parts.</summary>
internal static class TypeNames
{
    private static readonly FrozenDictionary<DuckDBType, string> Names = new Dictionary<DuckDBType, string>
    {
        [DuckDBType.Boolean] = "BOOLEAN",
        [DuckDBType.TinyInt] = "TINYINT",
        [DuckDBType.SmallInt] = "SMALLINT",
        [DuckDBType.Integer] = "INTEGER",
        [DuckDBType.BigInt] = "BIGINT",
        [DuckDBType.HugeInt] = "HUGEINT",
        [DuckDBType.UnsignedTinyInt] = "UTINYINT",
        [DuckDBType.UnsignedSmallInt] = "USMALLINT",
        [DuckDBType.UnsignedInteger] = "UINTEGER",
        [DuckDBType.UnsignedBigInt] = "UBIGINT",
        [DuckDBType.UnsignedHugeInt] = "UHUGEINT",
        [DuckDBType.Bignum] = "BIGNUM",
        [DuckDBType.Float] = "FLOAT",
        [DuckDBType.Double] = "DOUBLE",
        [DuckDBType.Timestamp] = "TIMESTAMP",
        [DuckDBType.TimestampS] = "TIMESTAMP_S",
        [DuckDBType.TimestampMs] = "TIMESTAMP_MS",
        [DuckDBType.TimestampNs] = "TIMESTAMP_NS",
        [DuckDBType.TimestampTz] = "TIMESTAMP WITH TIME ZONE",
        [DuckDBType.Date] = "DATE",
        [DuckDBType.Time] = "TIME",
        [DuckDBType.TimeNs] = "TIME_NS",
        [DuckDBType.TimeTz] = "TIME WITH TIME ZONE",
        [DuckDBType.Interval] = "INTERVAL",
        [DuckDBType.Varchar] = "VARCHAR",
        [DuckDBType.Blob] = "BLOB",
        [DuckDBType.Bit] = "BIT",
        [DuckDBType.Uuid] = "UUID",
        [DuckDBType.Geometry] = "GEOMETRY",
        [DuckDBType.Variant] = "VARIANT",
        [DuckDBType.SqlNull] = "\"NULL\"",
    }.ToFrozenDictionary();

    public static string Of(DuckDBType type) => Names.GetValueOrDefault(type) ?? type.ToString().ToUpperInvariant();
}
