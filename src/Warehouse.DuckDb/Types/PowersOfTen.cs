namespace Warehouse.DuckDb.Types;

internal static class PowersOfTen
{
    private static readonly Int128[] Powers = Compute();

    /// <summary>10 to a power of 0 to 38.</summary>
    public static Int128 Of(int exponent) => Powers[exponent];

    private static Int128[] Compute()
    {
        var powers = new Int128[DuckDBDecimal.MaxWidth + 1];
        powers[0] = 1;
        for (var exponent = 1; exponent < powers.Length; exponent++)
        {
            powers[exponent] = powers[exponent - 1] * 10;
        }

        return powers;
    }
}
