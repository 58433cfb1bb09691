namespace Warehouse.Etl.Mapping.Values;

/// <summary>Reads decimal numbers exactly: -12.5, +3, .5, 1e3.</summary>
internal static class Numbers
{
    private const int MostDigits = 36;
    private const int MostExponent = 1000;
    private const int FactorDecimals = 6;

    /// <summary>More would not fit into 128 bits with a factor of a thousand million.</summary>
    private static readonly Int128 LargestMultiplied = (Int128)1e22;

    /// <summary>
    /// Reads a whole text as a number of so many decimals, without the point: 12.5 with four decimals is 125000. More
    /// decimals are rounded, half away from zero.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> text, int decimals, out Int128 value)
    {
        value = 0;
        var at = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        Span<byte> digits = stackalloc byte[MostDigits + 1];
        var count = 0;
        var point = 0;
        var exponent = 0;
        var isAfterPoint = false;
        var hasDigit = false;
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                hasDigit = true;
                if (count == 0 && digit == 0)
                {
                    point -= isAfterPoint ? 1 : 0;
                }
                else
                {
                    // Beyond what can count only the place of the point is of interest.
                    if (count < digits.Length)
                    {
                        digits[count++] = (byte)digit;
                    }
                    else if (!isAfterPoint)
                    {
                        return false;
                    }

                    point += isAfterPoint ? 0 : 1;
                }
            }
            else if (text[at] == '.' && !isAfterPoint)
            {
                isAfterPoint = true;
            }
            else if (text[at] is (byte)'e' or (byte)'E' && hasDigit)
            {
                if (!TryExponent(text[(at + 1)..], out exponent))
                {
                    return false;
                }

                break;
            }
            else
            {
                return false;
            }
        }

        return hasDigit && TryScale(digits[..count], point + exponent + decimals, text[0] == '-', out value);
    }

    /// <summary>Reads a number as above and multiplies it, rounded once, half away from zero.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, int decimals, decimal factor, out Int128 value)
    {
        if (factor == 1)
        {
            return TryRead(text, decimals, out value);
        }

        if (!TryRead(text, decimals + FactorDecimals, out value) || Int128.Abs(value) > LargestMultiplied)
        {
            return false;
        }

        var scale = Int128.One;
        for (var place = 0; place < FactorDecimals; place++)
        {
            scale *= 10;
        }

        var product = value * (Int128)(factor * (decimal)scale);
        var half = scale * scale / 2;
        value = (product + (product < 0 ? -half : half)) / (scale * scale);
        return true;
    }

    private static bool TryScale(ReadOnlySpan<byte> digits, int whole, bool isNegative, out Int128 value)
    {
        value = 0;
        if (digits.Length == 0 || whole < 0)
        {
            return true;
        }

        if (whole > MostDigits)
        {
            return false;
        }

        if (whole <= 18)
        {
            long small = 0;
            for (var place = 0; place < whole; place++)
            {
                small = (small * 10) + (place < digits.Length ? digits[place] : 0);
            }

            value = small;
        }
        else
        {
            for (var place = 0; place < whole; place++)
            {
                value = (value * 10) + (place < digits.Length ? digits[place] : 0);
            }
        }

        value += whole < digits.Length && digits[whole] >= 5 ? 1 : 0;
        value = isNegative ? -value : value;
        return true;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        var reader = new DigitReader(text);
        var isNegative = reader.Take((byte)'-');
        if (!isNegative)
        {
            _ = reader.Take((byte)'+');
        }

        var isNumber = reader.TakeNumber(1, 4, out exponent) && reader.IsAtEnd && exponent <= MostExponent;
        exponent = isNegative ? -exponent : exponent;
        return isNumber;
    }
}
