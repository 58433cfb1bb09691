namespace Warehouse.Campaigns.Measurement;

/// <summary>
/// Intervals that may be looked at every day until one likes what one sees, and still hold the truth at all looks at once
/// with a probability of 95 %: asymptotic confidence sequences, Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024),
/// « Time-uniform central limit theory and asymptotic confidence sequences », Annals of Statistics 52, theorem 2.2:
/// SE √(2 (nρ² + 1) / (nρ²) · log(√(nρ² + 1) / α)), with their ρ² = (-2 log α + log(1 - 2 log α)) / planned.
/// </summary>
public static class AlwaysValid
{
    /// <summary>For so many customers the interval is made shortest, where no plan says otherwise.</summary>
    public const int CustomaryCustomers = 10_000;

    /// <summary>The first look should not come before so many customers an arm: the theory is one of large numbers.</summary>
    public const int FirstLook = 200;

    /// <summary>The interval at a look.</summary>
    /// <param name="difference">The difference found so far.</param>
    /// <param name="standardError">Its standard error.</param>
    /// <param name="customers">Customers of both arms so far.</param>
    /// <param name="planned">Customers of both arms for which it is made shortest; chosen before the first look and kept.</param>
    public static Interval Of(double difference, double standardError, long customers, long planned)
    {
        var log = -2 * Math.Log(WelchTest.Alpha);
        var spread = customers * (log + Math.Log(log + 1)) / planned;
        var half = standardError * Math.Sqrt(2 * (spread + 1) / spread * Math.Log(Math.Sqrt(spread + 1) / WelchTest.Alpha));
        return new Interval(difference - half, difference + half);
    }
}
