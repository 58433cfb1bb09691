namespace Warehouse.Etl.Mapping.Values;

/// <summary>Numbers with a point, or with a comma and points between thousands.</summary>
internal sealed class NumberReader(int decimals, bool hasComma, decimal factor) : ValueReader
{
    /// <summary>The star's numbers have 18 digits.</summary>
    private const long Limit = 1_000_000_000_000_000_000;

    public override bool TryRead(ReadOnlySpan<byte> text, bool isTyped, out long value)
    {
        if (!hasComma || isTyped)
        {
            return TryNumber(text, out value);
        }

        Span<byte> pointed = stackalloc byte[DecimalComma.Longest];
        value = 0;
        return DecimalComma.TryPoint(text, pointed, out var length) && TryNumber(pointed[..length], out value);
    }

    private bool TryNumber(ReadOnlySpan<byte> text, out long value)
    {
        var isNumber = Numbers.TryRead(text, decimals, factor, out var number) && number > -Limit && number < Limit;
        value = isNumber ? (long)number : 0;
        return isNumber;
    }
}
