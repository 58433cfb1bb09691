using System.Buffers;
using System.Collections;
using System.Text.Unicode;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb.Appending;

/// <summary>Text, bytes, bits and UUIDs.</summary>
internal static class TextWriters
{
    private const int StackBytes = 512;

    public static void Text(ColumnWriter column, long row, ReadOnlySpan<char> value)
    {
        switch (column.Type.Id)
        {
            case DuckDBType.Varchar: Encode(column, row, value); break;
            case DuckDBType.Enum: Enumeration(column, row, value.ToString()); break;
            case DuckDBType.Bit: Bits(column, row, ParseBits(column, value)); break;
            default: throw ValueWriter.CannotWrite(column, typeof(string));
        }
    }

    public static void Utf8Text(ColumnWriter column, long row, ReadOnlySpan<byte> value)
    {
        if (column.Type.Id != DuckDBType.Varchar)
        {
            throw ValueWriter.CannotWrite(column, typeof(string));
        }

        if (!Utf8.IsValid(value))
        {
            throw new ArgumentException($"The bytes for column '{column.Path}' are not UTF-8.");
        }

        column.PutBytes(row, value);
    }

    public static void Blob(ColumnWriter column, long row, ReadOnlySpan<byte> value)
    {
        if (column.Type.Id != DuckDBType.Blob)
        {
            throw ValueWriter.CannotWrite(column, typeof(byte[]));
        }

        column.PutBytes(row, value);
    }

    public static void Bits(ColumnWriter column, long row, BitArray value)
    {
        if (column.Type.Id != DuckDBType.Bit)
        {
            throw ValueWriter.CannotWrite(column, typeof(BitArray));
        }

        column.PutBytes(row, BitStrings.ToBytes(value));
    }

    public static void Guid(ColumnWriter column, long row, Guid value)
    {
        if (column.Type.Id != DuckDBType.Uuid)
        {
            throw ValueWriter.CannotWrite(column, typeof(Guid));
        }

        column.Put(row, Uuids.ToVector(value));
    }

    private static void Encode(ColumnWriter column, long row, ReadOnlySpan<char> value)
    {
        var most = value.Length * 3;
        byte[]? rented = null;
        var buffer = most <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            if (Utf8.FromUtf16(value, buffer, out var read, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
            {
                throw new ArgumentException($"The text for column '{column.Path}' is not valid Unicode: half of a surrogate pair stands alone at index {read}.");
            }

            column.PutBytes(row, buffer[..written]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static void Enumeration(ColumnWriter column, long row, string name)
    {
        if (!column.EnumNumbers.TryGetValue(name, out var number))
        {
            throw new InvalidCastException($"Column '{column.Path}' is {column.Type}, which has no '{name}'.{NearNames.Hint(name, column.Type.EnumNames)}");
        }

        switch (column.Type.Storage)
        {
            case DuckDBType.UnsignedTinyInt: column.Put(row, (byte)number); break;
            case DuckDBType.UnsignedSmallInt: column.Put(row, (ushort)number); break;
            default: column.Put(row, (uint)number); break;
        }
    }

    private static BitArray ParseBits(ColumnWriter column, ReadOnlySpan<char> text)
    {
        var bits = new BitArray(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            bits[index] = text[index] switch
            {
                '0' => false,
                '1' => true,
                _ => throw new InvalidCastException($"Column '{column.Path}' is BIT; '{text}' is not a text of 0 and 1."),
            };
        }

        return bits;
    }
}
