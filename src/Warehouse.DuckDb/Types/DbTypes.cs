using System.Data;
using System.Numerics;

namespace Warehouse.DuckDb.Types;

/// <summary>ADO.NET's coarse names for the types of parameter values.</summary>
internal static class DbTypes
{
    public static DbType Of(object? value) => value switch
    {
        bool => DbType.Boolean,
        sbyte => DbType.SByte,
        short => DbType.Int16,
        int => DbType.Int32,
        long => DbType.Int64,
        byte => DbType.Byte,
        ushort => DbType.UInt16,
        uint => DbType.UInt32,
        ulong => DbType.UInt64,
        float => DbType.Single,
        double => DbType.Double,
        decimal or DuckDBDecimal => DbType.Decimal,
        Int128 or UInt128 or BigInteger => DbType.VarNumeric,
        string or char => DbType.String,
        byte[] or ReadOnlyMemory<byte> or Memory<byte> => DbType.Binary,
        Guid => DbType.Guid,
        DateOnly or DuckDBDateOnly => DbType.Date,
        TimeOnly or DuckDBTimeOnly => DbType.Time,
        DateTime or DuckDBTimestamp or DuckDBTimestampNs => DbType.DateTime,
        DateTimeOffset => DbType.DateTimeOffset,
        _ => DbType.Object,
    };

    /// <summary>Whether a declaration says what the value is; the kinds of text, and of date with time, are the same.</summary>
    public static bool Agree(DbType declared, object value) => declared == DbType.Object || Group(declared) == Group(Of(value));

    private static DbType Group(DbType type) => type switch
    {
        DbType.AnsiString or DbType.AnsiStringFixedLength or DbType.StringFixedLength => DbType.String,
        DbType.DateTime2 => DbType.DateTime,
        DbType.Currency or DbType.VarNumeric => DbType.Decimal,
        _ => type,
    };
}
