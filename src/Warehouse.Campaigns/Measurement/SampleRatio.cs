using MathNet.Numerics.Distributions;

namespace Warehouse.Campaigns.Measurement;

/// <summary>
/// Whether the arms have the sizes that they should have, by Pearson's chi-square. Where they have not, customers were
/// lost or doubled on the way and the arms cannot be compared: the analysis stops
/// (Fabijan et al. 2019, « Diagnosing sample ratio mismatch in online controlled experiments »).
/// </summary>
/// <param name="ChiSquare">The statistic.</param>
/// <param name="DegreesOfFreedom">The number of arms less one.</param>
/// <param name="P">The chance of arms as uneven as these where assignment is sound.</param>
/// <param name="IsSound">Whether <paramref name="P"/> is at least <see cref="Threshold"/>.</param>
/// <param name="Arms">The arms, the control first.</param>
public sealed record SampleRatio(double ChiSquare, int DegreesOfFreedom, double P, bool IsSound, IReadOnlyList<ArmSize> Arms)
{
    /// <summary>Below this the arms are taken to be broken. Stricter than 5 %, because every experiment is looked at so.</summary>
    public const double Threshold = .001;

    /// <summary>Checks the arms against the shares that they should have, which add up to 1.</summary>
    public static SampleRatio Of(IReadOnlyList<string> arms, IReadOnlyList<int> sizes, IReadOnlyList<double> shares)
    {
        var total = sizes.Sum(size => (long)size);
        var found = arms.Select((arm, place) => new ArmSize(arm, sizes[place], total * shares[place])).ToArray();
        var statistic = found.Sum(arm => (arm.Customers - arm.Expected) * (arm.Customers - arm.Expected) / arm.Expected);
        var p = 1 - ChiSquared.CDF(arms.Count - 1, statistic);
        return new SampleRatio(statistic, arms.Count - 1, p, p >= Threshold, found);
    }
}

/// <summary>How many customers an arm has, and how many it should have.</summary>
public sealed record ArmSize(string Arm, int Customers, double Expected);
