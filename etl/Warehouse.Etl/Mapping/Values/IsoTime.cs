namespace Warehouse.Etl.Mapping.Values;

/// <summary>Reads dates and times by ISO 8601: 2024-01-05, 2024/1/5, 2024-01-05 18:30, 2024-01-05T18:30:00.25+01:00.</summary>
internal static class IsoTime
{
    /// <summary>Reads a whole text; a date alone is its midnight.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out WrittenTime time)
    {
        time = default;
        var reader = new DigitReader(text);
        if (!TakeDay(ref reader, out var day))
        {
            return false;
        }

        time = new WrittenTime(day, 0, null);
        if (reader.IsAtEnd)
        {
            return true;
        }

        if (!reader.Take((byte)' ') && !reader.Take((byte)'T'))
        {
            return false;
        }

        if (!TakeTime(ref reader, out var micros))
        {
            return false;
        }

        long? offset = null;
        if (!reader.IsAtEnd)
        {
            _ = reader.Take((byte)' ');
            if (!reader.TakeOffset(out var found))
            {
                return false;
            }

            offset = found;
        }

        time = new WrittenTime(day, micros, offset);
        return reader.IsAtEnd;
    }

    private static bool TakeDay(ref DigitReader reader, out int day)
    {
        day = 0;
        if (!reader.TakeNumber(4, 4, out var year))
        {
            return false;
        }

        var sign = reader.Next;
        return sign is (byte)'-' or (byte)'/'
            && reader.Take(sign)
            && reader.TakeNumber(1, 2, out var month)
            && reader.Take(sign)
            && reader.TakeNumber(1, 2, out var dayOfMonth)
            && WrittenTime.TryDay(year, month, dayOfMonth, out day);
    }

    private static bool TakeTime(ref DigitReader reader, out long micros)
    {
        micros = 0;
        if (!reader.TakeNumber(1, 2, out var hours) || !reader.Take((byte)':') || !reader.TakeNumber(2, 2, out var minutes))
        {
            return false;
        }

        var seconds = 0;
        var fraction = 0;
        if (reader.Take((byte)':')
            && (!reader.TakeNumber(2, 2, out seconds) || (reader.Take((byte)'.') && !reader.TakeFraction(out fraction))))
        {
            return false;
        }

        micros = (((((hours * 60L) + minutes) * 60) + seconds) * WrittenTime.MicrosOfSecond) + fraction;
        return hours < 24 && minutes < 60 && seconds < 60;
    }
}
