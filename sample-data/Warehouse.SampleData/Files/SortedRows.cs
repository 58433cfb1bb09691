using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Warehouse.SampleData.Files;

/// <summary>The rows of one bucket in the order of their file.</summary>
internal sealed class SortedRows
{
    private readonly byte[] _bytes;
    private readonly Place[] _places;

    public SortedRows(byte[] bytes, int count)
    {
        _bytes = bytes;
        _places = new Place[count];
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var header = HeaderAt(at);
            _places[i] = new Place(header.SortKey, header.Tie, at);
            at += Unsafe.SizeOf<RowHeader>() + header.Length;
        }

        _places.AsSpan().Sort((left, right) => left.SortKey != right.SortKey
            ? left.SortKey.CompareTo(right.SortKey)
            : left.Tie.CompareTo(right.Tie));
    }

    public int Count => _places.Length;

    public RowHeader Header(int row) => HeaderAt(_places[row].Offset);

    public ReadOnlySpan<byte> Text(int row)
    {
        var offset = _places[row].Offset;
        return _bytes.AsSpan(offset + Unsafe.SizeOf<RowHeader>(), HeaderAt(offset).Length);
    }

    private RowHeader HeaderAt(int offset) => MemoryMarshal.Read<RowHeader>(_bytes.AsSpan(offset));

    private readonly record struct Place(long SortKey, long Tie, int Offset);
}
