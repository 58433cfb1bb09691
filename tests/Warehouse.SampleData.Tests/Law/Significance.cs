namespace Warehouse.SampleData.Tests.Law;

/// <summary>
/// The bounds of the statistical tests. Each comparison is held to a false alarm of one in a thousand: had the generator
/// another seed, so often would a right generator fail it. The seed is fixed, so a test that passes keeps passing.
/// </summary>
internal static class Significance
{
    /// <summary>The two-sided bound of a standard normal for 0.001.</summary>
    public const double NormalBound = 3.29;

    /// <summary>Kolmogorov and Smirnov's bound for 0.001, times √n.</summary>
    private const double KolmogorovBound = 1.95;

    /// <summary>The largest difference between a sample's distribution and a law is not larger than chance makes it.</summary>
    public static void AssertDistributed(IReadOnlyList<double> sample, Func<double, double> distribution)
    {
        var sorted = sample.Order().ToArray();
        var largest = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var law = distribution(sorted[i]);
            largest = Math.Max(largest, Math.Max(law - ((double)i / sorted.Length), ((i + 1.0) / sorted.Length) - law));
        }

        Assert.True(
            largest * Math.Sqrt(sorted.Length) < KolmogorovBound, $"D = {largest} with n = {sorted.Length}");
    }

    /// <summary>A figure is no further from what the law says than chance takes it.</summary>
    public static void AssertNear(double expected, double found, double standardError, string? what = null)
    {
        var z = (found - expected) / standardError;
        Assert.True(Math.Abs(z) < NormalBound, $"{what}: found {found}, expected {expected}, z = {z:F2}");
    }

    /// <summary>A share of n.</summary>
    public static void AssertShare(double expected, long hits, long n, string? what = null) =>
        AssertNear(expected, (double)hits / n, Math.Sqrt(expected * (1 - expected) / n), what);
}
