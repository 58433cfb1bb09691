namespace Warehouse.Etl.Mapping.Values;

/// <summary>Dates and times by ISO 8601 or a format, in the zone of the source unless they name their offset.</summary>
internal sealed class InstantReader(string? format, ZoneOffsets zone) : ValueReader
{
    private readonly TimeFormat? _format = format is null ? null : new TimeFormat(format);

    public override bool TryRead(ReadOnlySpan<byte> text, bool isTyped, out long value)
    {
        var isTime = _format is null ? IsoTime.TryRead(text, out var time) : _format.TryRead(text, out time) || (isTyped && IsoTime.TryRead(text, out time));
        value = isTime ? time.Offset is { } offset ? time.Local - offset : zone.ToUtc(time.Local) : 0;
        return isTime;
    }
}
