namespace Warehouse.Etl.Staging;

/// <summary>A stream of decompressed bytes that refuses to give more of them than any honest file holds: a bomb.</summary>
internal sealed class BoundedStream(Stream decompressed, long compressedLength) : ForwardStream(decompressed)
{
    /// <summary>Tables shrink to a fifth or, at the very best, to a hundredth of their size.</summary>
    public const long MostTimes = 300;

    /// <summary>So many bytes are given of any file.</summary>
    public const long AlwaysAllowed = 1 << 26;

    private readonly Stream _decompressed = decompressed;
    private long _given;

    public override int Read(Span<byte> buffer)
    {
        var read = _decompressed.Read(buffer);
        _given += read;
        return _given <= AlwaysAllowed || _given <= compressedLength * MostTimes
            ? read
            : throw new InvalidDataException(FormattableString.Invariant($"It unpacks to more than {MostTimes} times its size."));
    }
}
