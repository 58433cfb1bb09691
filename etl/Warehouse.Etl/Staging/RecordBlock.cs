using System.Buffers;
using System.Text;

namespace Warehouse.Etl.Staging;

/// <summary>
/// Records of a source that lie one after the other: their fields as texts in UTF-8, and behind them room for the texts
/// that are made of them. One thread at a time uses a block.
/// </summary>
internal sealed class RecordBlock(byte[] bytes, int used, int fields) : IDisposable
{
    private const int FirstRecords = 1024;

    private Slice[] _slices = ArrayPool<Slice>.Shared.Rent(FirstRecords * fields);
    private long[] _lines = ArrayPool<long>.Shared.Rent(FirstRecords);
    private byte[] _bytes = bytes;
    private int _used = used;

    /// <summary>An empty block for texts that are written to it.</summary>
    public RecordBlock(int fields)
        : this(ArrayPool<byte>.Shared.Rent(1 << 18), 0, fields)
    {
    }

    /// <summary>How many fields each record has.</summary>
    public int Fields { get; } = fields;

    /// <summary>How many records there are.</summary>
    public int Count { get; private set; }

    /// <summary>The records that were found between these and cannot be trusted.</summary>
    public List<BrokenRecord> Broken { get; } = [];

    /// <summary>Whether values had a type in the source, so that dates are in ISO 8601 whatever format a feed names.</summary>
    public bool IsTyped { get; init; }

    /// <summary>Where the fields of a record stand.</summary>
    public ReadOnlySpan<Slice> Record(int record) => _slices.AsSpan(record * Fields, Fields);

    /// <summary>The line of the source on which a record begins.</summary>
    public long Line(int record) => _lines[record];

    public ReadOnlySpan<byte> Text(Slice slice) => _bytes.AsSpan(slice.Start, slice.Length);

    /// <summary>The bytes of a text that was appended, to be changed where they stand.</summary>
    public Span<byte> Writable(Slice appended) => _bytes.AsSpan(appended.Start, appended.Length);

    /// <summary>Adds a record whose fields stand among the bytes already.</summary>
    public void Add(ReadOnlySpan<Slice> record, long line)
    {
        if (Count == _lines.Length || (Count + 1) * Fields > _slices.Length)
        {
            Grow(ref _lines, Count, (Count + 1) * 2);
            Grow(ref _slices, Count * Fields, (Count + 1) * 2 * Fields);
        }

        record.CopyTo(_slices.AsSpan(Count * Fields));
        _lines[Count++] = line;
    }

    /// <summary>Writes a text behind those that are there.</summary>
    public Slice Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        return Take(text.Length);
    }

    /// <summary>Writes a text behind those that are there.</summary>
    public Slice Append(ReadOnlySpan<char> text) => Take(Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length))));

    /// <summary>Makes a text the field of a record.</summary>
    public void Put(int record, int field, ReadOnlySpan<byte> text)
    {
        var appended = Append(text);
        _slices[(record * Fields) + field] = appended;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<Slice>.Shared.Return(_slices);
        ArrayPool<long>.Shared.Return(_lines);
        ArrayPool<byte>.Shared.Return(_bytes);
    }

    private static void Grow<T>(ref T[] array, int used, int least)
    {
        var larger = ArrayPool<T>.Shared.Rent(least);
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }

    private Span<byte> Reserve(int length)
    {
        if (_bytes.Length - _used < length)
        {
            Grow(ref _bytes, _used, checked(Math.Max(_bytes.Length * 2, _used + length)));
        }

        return _bytes.AsSpan(_used);
    }

    private Slice Take(int length)
    {
        _used += length;
        return new Slice(_used - length, length);
    }
}
