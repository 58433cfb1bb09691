using System.Buffers.Binary;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Arrow;

/// <summary>
/// Writes a FlatBuffer, the form of Arrow's metadata: back to front, so that what is pointed to is there before what points
/// to it. Positions are counted from the end.
/// </summary>
internal sealed class FlatBuffer
{
    private const int MaxAlignment = 8;

    private byte[] _bytes = new byte[1024];
    private int _used;

    public int Text(string text)
    {
        var utf8 = NativeText.Bytes(text, "A name");
        Align(sizeof(int), utf8.Length + 1);
        Take(1)[0] = 0;
        utf8.CopyTo(Take(utf8.Length));
        return Push(utf8.Length, sizeof(int));
    }

    public int References(IReadOnlyList<int> positions)
    {
        Align(sizeof(int), positions.Count * sizeof(int));
        for (var index = positions.Count - 1; index >= 0; index--)
        {
            PushReference(positions[index]);
        }

        return Push(positions.Count, sizeof(int));
    }

    public int Ints(IReadOnlyList<int> values)
    {
        Align(sizeof(int), values.Count * sizeof(int));
        for (var index = values.Count - 1; index >= 0; index--)
        {
            Push(values[index], sizeof(int));
        }

        return Push(values.Count, sizeof(int));
    }

    /// <summary>A vector of structs of two longs each.</summary>
    public int Pairs(IReadOnlyList<(long First, long Second)> pairs)
    {
        Align(sizeof(long), pairs.Count * 2 * sizeof(long));
        Align(sizeof(int), pairs.Count * 2 * sizeof(long));
        for (var index = pairs.Count - 1; index >= 0; index--)
        {
            Push(pairs[index].Second, sizeof(long));
            Push(pairs[index].First, sizeof(long));
        }

        return Push(pairs.Count, sizeof(int));
    }

    /// <summary>A table of fields by their numbers, from 0 and without gaps; those that are left out have a null.</summary>
    public int Table(params ReadOnlySpan<FlatField?> fields)
    {
        Span<int> positions = stackalloc int[fields.Length];
        var end = _used;
        for (var index = fields.Length - 1; index >= 0; index--)
        {
            if (fields[index] is { } field)
            {
                Align(field.Size, 0);
                positions[index] = field.IsReference ? PushReference((int)field.Value) : Push(field.Value, field.Size);
            }
        }

        Align(sizeof(int), 0);
        var table = Push(0, sizeof(int));
        for (var index = fields.Length - 1; index >= 0; index--)
        {
            Push(positions[index] == 0 ? 0 : table - positions[index], sizeof(short));
        }

        Push(table - end, sizeof(short));
        var layout = Push((fields.Length + 2) * sizeof(short), sizeof(short));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_bytes.Length - table), layout - table);
        return table;
    }

    /// <summary>The whole, its length a multiple of 8, with the reference to its root in front.</summary>
    public ReadOnlyMemory<byte> Finish(int root)
    {
        Align(MaxAlignment, sizeof(int));
        PushReference(root);
        return _bytes.AsMemory(_bytes.Length - _used);
    }

    private int PushReference(int position) => Push(_used + sizeof(int) - position, sizeof(int));

    private int Push(long value, int size)
    {
        var place = Take(size);
        switch (size)
        {
            case sizeof(byte): place[0] = (byte)value; break;
            case sizeof(short): BinaryPrimitives.WriteInt16LittleEndian(place, (short)value); break;
            case sizeof(int): BinaryPrimitives.WriteInt32LittleEndian(place, (int)value); break;
            default: BinaryPrimitives.WriteInt64LittleEndian(place, value); break;
        }

        return _used;
    }

    /// <summary>Fills up, so that what is written after a number of further bytes begins at a multiple of its size.</summary>
    private void Align(int size, int before)
    {
        var padding = -(_used + before) & (size - 1);
        Take(padding).Clear();
    }

    private Span<byte> Take(int count)
    {
        while (_used + count > _bytes.Length)
        {
            var larger = new byte[_bytes.Length * 2];
            _bytes.CopyTo(larger, _bytes.Length);
            _bytes = larger;
        }

        _used += count;
        return _bytes.AsSpan(_bytes.Length - _used, count);
    }
}

/// <summary>A field of a FlatBuffer's table.</summary>
internal readonly record struct FlatField(long Value, int Size, bool IsReference)
{
    public static FlatField Byte(byte value) => new(value, sizeof(byte), IsReference: false);

    public static FlatField Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    public static FlatField Short(short value) => new(value, sizeof(short), IsReference: false);

    public static FlatField Int(int value) => new(value, sizeof(int), IsReference: false);

    public static FlatField Long(long value) => new(value, sizeof(long), IsReference: false);

    public static FlatField To(int position) => new(position, sizeof(int), IsReference: true);
}
