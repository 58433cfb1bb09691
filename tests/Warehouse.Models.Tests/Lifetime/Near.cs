namespace Warehouse.Models.Tests.Lifetime;

/// <summary>Asserts about numbers.</summary>
internal static class Near
{
    /// <summary>Equal to as many significant digits as given: the value rounds to what is published.</summary>
    public static void Digits(double expected, double actual, int digits)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(expected))) - digits + 1);
        Assert.True(Math.Abs(actual - expected) <= 0.5 * unit * (1 + 1e-9), $"Expected {expected} to {digits} digits, found {actual:R}.");
    }

    /// <summary>Within a distance.</summary>
    public static void Absolute(double expected, double actual, double distance) =>
        Assert.True(Math.Abs(actual - expected) <= distance, $"Expected {expected:R} ± {distance:R}, found {actual:R}.");

    /// <summary>Within a share of the expected value.</summary>
    public static void Relative(double expected, double actual, double share) =>
        Assert.True(Math.Abs(actual - expected) <= share * Math.Abs(expected), $"Expected {expected:R} ± {share:R} of it, found {actual:R}.");

    /// <summary>The same bits.</summary>
    public static void SameBits(double expected, double actual) =>
        Assert.True(
            BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual),
            $"Expected the bits of {expected:R}, found {actual:R}.");
}
