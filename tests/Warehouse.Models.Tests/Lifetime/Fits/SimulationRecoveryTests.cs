using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BetaGeometric;
using Warehouse.Models.Lifetime.BgBb;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Models.Lifetime.ShiftedBetaGeometric;

namespace Warehouse.Models.Tests.Lifetime.Fits;

/// <summary>What customers were drawn from is found again, within three of the standard errors that the fit claims.</summary>
public sealed class SimulationRecoveryTests
{
    private const int Customers = 10_000;

    public static TheoryData<string, double, double, double, double> PurchaseModels => new()
    {
        { "bg-nbd", 0.6, 8, 0.8, 2.5 },
        { "bg-nbd", 2, 15, 1.5, 9 },
        { "mbg-nbd", 0.6, 8, 0.8, 2.5 },
        { "mbg-nbd", 1.3, 5, 0.5, 4 },
        { "pareto-nbd", 0.55, 10, 0.6, 12 },
        { "pareto-nbd", 1.5, 6, 1.4, 30 },
    };

    [Theory]
    [MemberData(nameof(PurchaseModels))]
    public void PurchaseModel_SimulatedCustomers_ParametersAreFoundWithinThreeStandardErrors(
        string name, double first, double second, double third, double fourth)
    {
        double[] truth = [first, second, third, fourth];
        var model = PurchaseModel.Of(LifetimeModelKinds.Parse(name), truth);
        var (histories, _) = new Simulated(seed: 20260).Customers(model, Customers, youngest: 5, oldest: 80, after: 0);

        AssertRecovered(truth, PurchaseModel.Fit(model.Kind, SufficientStatistics.Of(histories)));
    }

    [Fact]
    public void BgBb_SimulatedCustomers_ParametersAreFoundWithinThreeStandardErrors()
    {
        double[] truth = [1.2, 0.75, 0.65, 2.8];
        var statistics = new Simulated(seed: 4).Occasions(new BgBbModel(truth[0], truth[1], truth[2], truth[3]), Customers, occasions: 8);

        AssertRecovered(truth, BgBbModel.Fit(statistics));
    }

    [Fact]
    public void GammaGamma_SimulatedCustomers_ParametersAreFoundWithinThreeStandardErrors()
    {
        double[] truth = [6.25, 3.74, 15.44];
        var statistics = new Simulated(seed: 5).Spend(new GammaGammaModel(truth[0], truth[1], truth[2]), Customers);

        AssertRecovered(truth, GammaGammaModel.Fit(statistics));
    }

    [Fact]
    public void ShiftedBetaGeometric_SimulatedContracts_ParametersAreFoundWithinThreeStandardErrors()
    {
        double[] truth = [0.7, 2.5];
        var statistics = new Simulated(seed: 6).Contracts(new ShiftedBetaGeometricModel(truth[0], truth[1]), Customers, periods: 10);

        AssertRecovered(truth, ShiftedBetaGeometricModel.Fit(statistics));
    }

    /// <summary>The claimed standard errors are those that repeated samples show.</summary>
    [Fact]
    public void BgNbd_RepeatedSamples_SpreadAsTheStandardErrorsSay()
    {
        const int Samples = 60;
        var model = new BgNbdModel(0.6, 8, 0.8, 2.5);
        var simulated = new Simulated(seed: 99);
        var fits = Enumerable.Range(0, Samples)
            .Select(_ => BgNbdModel.Fit(SufficientStatistics.Of(simulated.Customers(model, 4000, 5, 80, after: 0).Histories)))
            .ToArray();

        foreach (var (name, truth) in new[] { ("r", 0.6), ("alpha", 8.0), ("a", 0.8), ("b", 2.5) })
        {
            var standardised = fits.Average(fit => Math.Pow((fit.Parameters[name] - truth) / fit.StandardErrors[name]!.Value, 2));

            // A mean of 60 squared standard normal deviates: .5 to 1.7 with more than 99.9 %.
            Assert.InRange(standardised, 0.5, 1.7);
        }
    }

    private static void AssertRecovered(double[] truth, LifetimeFit fit)
    {
        Assert.True(fit.Converged, fit.Outcome.Message);
        foreach (var (expected, (name, found)) in truth.Zip(fit.Parameters))
        {
            var error = fit.StandardErrors[name]!.Value;
            Assert.True(Math.Abs(found - expected) < 3 * error, $"{name}: expected {expected}, found {found} ± {error}.");
        }
    }
}
