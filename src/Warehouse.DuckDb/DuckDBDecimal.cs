using System.Globalization;
using System.Runtime.InteropServices;

namespace Warehouse.DuckDb;

/// <summary>A DuckDB DECIMAL of up to 38 digits, exactly; <see cref="decimal"/> has 28 for certain.</summary>
/// <param name="Unscaled">The value without its point: 12345 for 123.45.</param>
/// <param name="Scale">How many of its digits stand after the point, 0 to 38.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DuckDBDecimal(Int128 Unscaled, byte Scale)
{
    internal const byte MaxWidth = 38;

    /// <summary>The largest number of digits that <see cref="decimal"/> has after the point.</summary>
    private const int MaxDecimalScale = 28;

    public static implicit operator DuckDBDecimal(decimal value) => FromDecimal(value);

    public static DuckDBDecimal FromDecimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude = (Int128)new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        return new DuckDBDecimal(decimal.IsNegative(value) ? -magnitude : magnitude, value.Scale);
    }

    /// <summary>The same number, as far as <see cref="decimal"/> holds it exactly.</summary>
    /// <exception cref="OverflowException">It does not.</exception>
    public decimal ToDecimal()
    {
        var (unscaled, scale) = (Unscaled, (int)Scale);
        while (scale > MaxDecimalScale || UInt128.CreateChecked(Int128.Abs(unscaled)) >> 96 != 0)
        {
            var (shorter, digit) = Int128.DivRem(unscaled, 10);
            if (scale == 0 || digit != 0)
            {
                throw new OverflowException($"The decimal {this} is beyond what {nameof(Decimal)} holds exactly; read it as {nameof(DuckDBDecimal)}.");
            }

            (unscaled, scale) = (shorter, scale - 1);
        }

        var magnitude = (UInt128)Int128.Abs(unscaled);
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), unscaled < 0, (byte)scale);
    }

    /// <summary>The nearest <see cref="double"/>.</summary>
    public double ToDouble() => double.Parse(ToString(), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString()
    {
        var digits = Int128.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var sign = Unscaled < 0 ? "-" : "";
        return Scale == 0 ? sign + digits : $"{sign}{digits[..^Scale]}.{digits[^Scale..]}";
    }

    /// <summary>How many digits it takes as a DECIMAL, no fewer than stand after the point.</summary>
    internal byte Width()
    {
        var digits = Int128.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).Length;
        return (byte)Math.Max(digits, Math.Max(1, (int)Scale));
    }
}
