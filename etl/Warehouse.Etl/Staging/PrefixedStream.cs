namespace Warehouse.Etl.Staging;

/// <summary>A stream whose first bytes were read already.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> start, Stream rest) : ForwardStream(rest)
{
    private readonly Stream _rest = rest;
    private ReadOnlyMemory<byte> _start = start;

    public override int Read(Span<byte> buffer)
    {
        if (_start.Length == 0)
        {
            return _rest.Read(buffer);
        }

        var taken = Math.Min(_start.Length, buffer.Length);
        _start.Span[..taken].CopyTo(buffer);
        _start = _start[taken..];
        return taken;
    }
}
