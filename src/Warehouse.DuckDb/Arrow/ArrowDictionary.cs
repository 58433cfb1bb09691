namespace Warehouse.DuckDb.Arrow;

/// <summary>The names of an ENUM: sent once, and referred to by number.</summary>
internal sealed class ArrowDictionary(long id, DuckDBLogicalType type)
{
    public long Id => id;

    /// <summary>How wide the numbers are, as in the engine.</summary>
    public int IndexBits => type.Storage switch
    {
        DuckDBType.UnsignedTinyInt => 8,
        DuckDBType.UnsignedSmallInt => 16,
        _ => 32,
    };

    public int WriteEncoding(FlatBuffer buffer)
    {
        var index = ArrowType.IntOf(IndexBits, signed: false)(buffer);
        return buffer.Table(FlatField.Long(id), FlatField.To(index), FlatField.Bool(false));
    }

    /// <summary>The names as the one column of a record batch.</summary>
    public (List<(long Length, long Nulls)> Nodes, List<ArrowBuffer> Buffers) Batch()
    {
        var ends = new ArrowBuffer();
        var bytes = new ArrowBuffer();
        ends.Append(0);
        foreach (var name in type.EnumNames)
        {
            var utf8 = Native.NativeText.Bytes(name, "An ENUM's name");
            utf8.CopyTo(bytes.Extend<byte>(utf8.Length));
            ends.Append(bytes.Length);
        }

        return ([(type.EnumNames.Count, 0)], [new ArrowBuffer(), ends, bytes]);
    }
}
