namespace Warehouse.Etl.Mapping.Values;

/// <summary>Dates by ISO 8601 or a format; a time of day behind them does not count.</summary>
internal sealed class DateReader(string? format) : ValueReader
{
    private readonly TimeFormat? _format = format is null ? null : new TimeFormat(format);

    public override bool TryRead(ReadOnlySpan<byte> text, bool isTyped, out long value)
    {
        var isTime = _format is null ? IsoTime.TryRead(text, out var time) : _format.TryRead(text, out time) || (isTyped && IsoTime.TryRead(text, out time));
        value = time.Day;
        return isTime;
    }
}
