using System.Collections;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Types;

/// <summary>Text, bytes, bits and UUIDs.</summary>
internal static class TextReaders
{
    public static string String(ColumnVector column, long row) => column.Type.Id switch
    {
        DuckDBType.Varchar => NativeText.Utf8.GetString(column.BytesAt(row)),
        DuckDBType.Enum => column.Type.EnumNames[EnumIndex(column, row)],
        DuckDBType.Bit => BitStrings.ToText(column.BytesAt(row)),
        _ => throw ValueReader.CannotRead(column, typeof(string)),
    };

    public static char Char(ColumnVector column, long row)
    {
        var text = String(column, row);
        return text.Length == 1
            ? text[0]
            : throw new OverflowException($"Column '{column.Path}' holds a text of {text.Length} UTF-16 units, which a Char does not.");
    }

    public static ReadOnlySpan<byte> Blob(ColumnVector column, long row) =>
        column.Type.Id is DuckDBType.Blob or DuckDBType.Geometry
            ? column.BytesAt(row)
            : throw ValueReader.CannotRead(column, typeof(byte[]));

    public static BitArray Bits(ColumnVector column, long row) => column.Type.Id == DuckDBType.Bit
        ? BitStrings.ToBits(column.BytesAt(row))
        : throw ValueReader.CannotRead(column, typeof(BitArray));

    public static Guid Guid(ColumnVector column, long row) => column.Type.Id == DuckDBType.Uuid
        ? Uuids.FromVector(column.At<UInt128>(row))
        : throw ValueReader.CannotRead(column, typeof(Guid));

    public static int EnumIndex(ColumnVector column, long row) => column.Type.Storage switch
    {
        DuckDBType.UnsignedTinyInt => column.At<byte>(row),
        DuckDBType.UnsignedSmallInt => column.At<ushort>(row),
        _ => checked((int)column.At<uint>(row)),
    };
}
