namespace Warehouse.Etl.Staging;

/// <summary>A stream of decompressed bytes that refuses to give more of them than any honest file holds: a bomb.</summary>
internal sealed class BoundedStream(Stream decompressed, long compressedLength) : Stream
{
    /// <summary>Tables shrink to a fifth or, at the very best, to a hundredth of their size.</summary>
    public const long MostTimes = 300;

    /// <summary>So many bytes are given of any file.</summary>
    public const long AlwaysAllowed = 1 << 26;

    private long _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = decompressed.Read(buffer);
        _given += read;
        return _given <= AlwaysAllowed || _given <= compressedLength * MostTimes
            ? read
            : throw new InvalidDataException(FormattableString.Invariant($"It unpacks to more than {MostTimes} times its size."));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decompressed.Dispose();
        }

        base.Dispose(disposing);
    }
}
