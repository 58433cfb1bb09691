namespace Warehouse.Etl.Mapping.Values;

/// <summary>Whole numbers; 17850.0 is one too.</summary>
internal sealed class WholeReader(bool hasComma, decimal factor) : ValueReader
{
    private const int Places = 4;
    private const long One = 10_000;

    public override bool TryRead(ReadOnlySpan<byte> text, bool isTyped, out long value)
    {
        if (!hasComma || isTyped)
        {
            return TryWhole(text, factor, out value);
        }

        Span<byte> pointed = stackalloc byte[DecimalComma.Longest];
        value = 0;
        return DecimalComma.TryPoint(text, pointed, out var length) && TryWhole(pointed[..length], factor, out value);
    }

    public static bool TryWhole(ReadOnlySpan<byte> text, decimal factor, out long value)
    {
        value = 0;
        if (!Numbers.TryRead(text, Places, factor, out var number)
            || number / One is var whole && (whole * One != number || whole < long.MinValue || whole > long.MaxValue))
        {
            return false;
        }

        value = (long)whole;
        return true;
    }
}
