using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Warehouse.SampleData.Files;

/// <summary>
/// Rows of a data set, made customer by customer, put aside on disk in buckets of neighbouring sort keys, so that each
/// bucket can be sorted in memory later. One temporary file, written from one thread, read from any.
/// </summary>
internal sealed class RowSpill : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly SafeFileHandle _file;
    private readonly Bucket[] _buckets;
    private long _fileLength;

    public RowSpill(string temporaryFile, int buckets)
    {
        _file = File.OpenHandle(
            temporaryFile, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        _buckets = [.. Enumerable.Range(0, buckets).Select(_ => new Bucket())];
    }

    public long AllRows => _buckets.Sum(bucket => bucket.Rows);

    public long RowsIn(int bucket) => _buckets[bucket].Rows;

    public void Append(int bucket, RowHeader header, ReadOnlySpan<byte> text)
    {
        var target = _buckets[bucket];
        target.Rows++;
        Append(target, MemoryMarshal.AsBytes(new ReadOnlySpan<RowHeader>(in header)));
        Append(target, text);
    }

    /// <summary>The rows of a bucket, sorted. Call it after the last append.</summary>
    public SortedRows Read(int bucket)
    {
        var source = _buckets[bucket];
        var bytes = new byte[source.Extents.Sum(extent => (long)extent.Length) + source.Used];
        var at = 0;
        foreach (var (offset, length) in source.Extents)
        {
            for (var read = 0; read < length;)
            {
                read += RandomAccess.Read(_file, bytes.AsSpan(at + read, length - read), offset + read);
            }

            at += length;
        }

        source.Buffer.AsSpan(0, source.Used).CopyTo(bytes.AsSpan(at));
        return new SortedRows(bytes, (int)source.Rows);
    }

    public void Dispose() => _file.Dispose();

    private void Append(Bucket bucket, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bucket.Grow(BufferBytes);
            var part = bytes[..Math.Min(bytes.Length, bucket.Buffer.Length - bucket.Used)];
            part.CopyTo(bucket.Buffer.AsSpan(bucket.Used));
            bucket.Used += part.Length;
            bytes = bytes[part.Length..];
            if (bucket.Used == BufferBytes)
            {
                RandomAccess.Write(_file, bucket.Buffer, _fileLength);
                bucket.Extents.Add((_fileLength, BufferBytes));
                _fileLength += BufferBytes;
                bucket.Used = 0;
            }
        }
    }

    private sealed class Bucket
    {
        public byte[] Buffer { get; private set; } = new byte[1 << 10];

        public int Used { get; set; }

        public long Rows { get; set; }

        public List<(long Offset, int Length)> Extents { get; } = [];

        public void Grow(int limit)
        {
            if (Used == Buffer.Length && Buffer.Length < limit)
            {
                var larger = new byte[Math.Min(limit, Buffer.Length * 4)];
                Buffer.CopyTo(larger, 0);
                Buffer = larger;
            }
        }
    }
}
