namespace Warehouse.Etl.Mapping.Values;

/// <summary>Reads a text from left to right: digits, signs, names.</summary>
internal ref struct DigitReader(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Where the next sign stands.</summary>
    public int At { get; set; }

    public readonly bool IsAtEnd => At == _text.Length;

    /// <summary>The next sign; 0 at the end.</summary>
    public readonly byte Next => At < _text.Length ? _text[At] : (byte)0;

    public readonly ReadOnlySpan<byte> Rest => _text[At..];

    /// <summary>Takes a sign if it is the next.</summary>
    public bool Take(byte sign)
    {
        if (Next != sign || IsAtEnd)
        {
            return false;
        }

        At++;
        return true;
    }

    /// <summary>Takes a text if it comes next, whatever its letters' case.</summary>
    public bool TakeWord(ReadOnlySpan<byte> word)
    {
        if (Rest.Length < word.Length || !System.Text.Ascii.EqualsIgnoreCase(Rest[..word.Length], word))
        {
            return false;
        }

        At += word.Length;
        return true;
    }

    /// <summary>Takes as many digits as there are, from a least to a most number of them.</summary>
    public bool TakeNumber(int least, int most, out int number)
    {
        number = 0;
        var start = At;
        while (At < _text.Length && At - start < most && (uint)(_text[At] - '0') <= 9)
        {
            number = (number * 10) + _text[At++] - '0';
        }

        return At - start >= least;
    }

    /// <summary>Takes up to fourteen digits, with a minus before them.</summary>
    public bool TakeLong(out long number)
    {
        var sign = Take((byte)'-') ? -1 : 1;
        var start = At;
        number = 0;
        while (At < _text.Length && At - start < 14 && (uint)(_text[At] - '0') <= 9)
        {
            number = (number * 10) + _text[At++] - '0';
        }

        number *= sign;
        return At > start;
    }

    /// <summary>Takes the digits of a fraction and gives its value in microseconds; what is finer is left out.</summary>
    public bool TakeFraction(out int micros)
    {
        var start = At;
        if (!TakeNumber(1, 6, out micros))
        {
            return false;
        }

        for (var digits = At - start; digits < 6; digits++)
        {
            micros *= 10;
        }

        while ((uint)(Next - '0') <= 9)
        {
            At++;
        }

        return true;
    }

    /// <summary>Takes Z, UTC, +01:00, +0100 or +01 and gives it in microseconds.</summary>
    public bool TakeOffset(out long micros)
    {
        micros = 0;
        if (TakeWord("UTC"u8) || TakeWord("Z"u8))
        {
            return true;
        }

        var isWest = Next == '-';
        if (Next is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        At++;
        var minutes = 0;
        if (!TakeNumber(2, 2, out var hours) || (Take((byte)':') ? !TakeNumber(2, 2, out minutes) : (uint)(Next - '0') <= 9 && !TakeNumber(2, 2, out minutes)))
        {
            return false;
        }

        micros = ((hours * 60L) + minutes) * 60 * WrittenTime.MicrosOfSecond * (isWest ? -1 : 1);
        return hours < 24 && minutes < 60;
    }
}
