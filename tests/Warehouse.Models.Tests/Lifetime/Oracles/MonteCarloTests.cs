using Warehouse.Models.Lifetime;

namespace Warehouse.Models.Tests.Lifetime.Oracles;

/// <summary>Expectations against customers drawn one by one from the model's story.</summary>
public sealed class MonteCarloTests
{
    private const int Customers = 200_000;
    private const double StandardErrors = 4.5;

    public static TheoryData<string, double, double, double, double> Models => new()
    {
        { "bg-nbd", 0.6, 8, 0.8, 2.5 },
        { "mbg-nbd", 1.3, 5, 0.5, 1.5 },
        { "pareto-nbd", 0.55, 10, 0.6, 12 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Expectations_OfSimulatedCustomers_AreTheirMeans(string name, double first, double second, double third, double fourth)
    {
        var model = PurchaseModel.Of(LifetimeModelKinds.Parse(name), [first, second, third, fourth]);
        var (histories, after) = new Simulated(seed: 17).Customers(model, Customers, youngest: 30, oldest: 30, after: 40);

        AssertMean(model.ExpectedPurchases(30), [.. histories.Select(history => (double)history.Frequency)]);
        foreach (var count in new[] { 0, 1, 5 })
        {
            AssertMean(model.ProbabilityOfPurchases(count, 30), [.. histories.Select(history => history.Frequency == count ? 1.0 : 0)]);
        }

        // The conditional expectation is unbiased within every group that the history defines.
        foreach (var group in histories.Zip(after).GroupBy(pair => (Math.Min(pair.First.Frequency, 4), pair.First.Recency > 20)))
        {
            AssertMean(0, [.. group.Select(pair => pair.Second - model.ConditionalExpectedPurchases(pair.First, 40))]);
        }
    }

    private static void AssertMean(double expected, double[] values)
    {
        var mean = values.Average();
        var error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean))) / values.Length;
        Near.Absolute(expected, mean, StandardErrors * error);
    }
}
