namespace Warehouse.Etl.Mapping.Values;

/// <summary>Durations: whole seconds, or hours, minutes and seconds like 00:02:30.</summary>
internal sealed class SecondsReader(decimal factor) : ValueReader
{
    public override bool TryRead(ReadOnlySpan<byte> text, bool isTyped, out long value)
    {
        if (!text.Contains((byte)':'))
        {
            return WholeReader.TryWhole(text, factor, out value);
        }

        var reader = new DigitReader(text);
        var isNegative = reader.Take((byte)'-');
        var minutes = 0;
        var seconds = 0;
        var isTime = reader.TakeNumber(1, 6, out var hours)
            && reader.Take((byte)':')
            && reader.TakeNumber(2, 2, out minutes)
            && (!reader.Take((byte)':') || (reader.TakeNumber(2, 2, out seconds) && (!reader.Take((byte)'.') || reader.TakeFraction(out _))))
            && reader.IsAtEnd
            && minutes < 60
            && seconds < 60;
        value = ((((hours * 60L) + minutes) * 60) + seconds) * (isNegative ? -1 : 1);
        return isTime;
    }
}
