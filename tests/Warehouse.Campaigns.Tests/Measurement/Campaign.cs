using MathNet.Numerics.Distributions;
using Warehouse.Campaigns.Measurement;

namespace Warehouse.Campaigns.Tests.Measurement;

/// <summary>A simulated campaign: some of its customers buy, and what buyers spend has a heavy tail.</summary>
internal static class Campaign
{
    /// <summary>Half treated, half control, by a coin that is fair to within one customer.</summary>
    public static Experiment Run(Random random, int customers, Func<bool, double> outcome)
    {
        var isTreated = Enumerable.Range(0, customers).Select(place => place % 2 == 0).ToArray();
        random.Shuffle(isTreated);
        return new Experiment(
            "control",
            [.. isTreated.Select(treated => treated ? "treated" : "control")],
            [new ExperimentColumn("spend", [.. isTreated.Select(outcome)])],
            []);
    }

    /// <summary>One customer in ten buys; a basket is lognormal with a standard deviation of its logarithm of 1.</summary>
    public static Func<bool, double> Spend(Random random, double effect = 0) =>
        treated => (random.NextDouble() < .1 ? LogNormal.Sample(random, 3, 1) : 0) + (treated ? effect : 0);

    /// <summary>The simulations asked for, or all of them where long tests are asked for.</summary>
    public static int Times(int bounded, int whole) => Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1" ? whole : bounded;

    /// <summary>Requires that a share lies within some standard errors of what it should be.</summary>
    public static void Near(double expected, int hits, int times, double errors = 3) =>
        Assert.InRange((double)hits / times, expected - Slack(expected, times, errors), expected + Slack(expected, times, errors));

    /// <summary>So many standard errors of a share.</summary>
    public static double Slack(double share, int times, double errors) => errors * Math.Sqrt(share * (1 - share) / times);
}
