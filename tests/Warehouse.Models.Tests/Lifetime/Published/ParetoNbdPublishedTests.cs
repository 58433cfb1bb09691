using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.ParetoNbd;

namespace Warehouse.Models.Tests.Lifetime.Published;

/// <summary>Fader and Hardie's Pareto/NBD estimates of the CDNOW sample; the manual and walkthrough of R's BTYD package.</summary>
public sealed class ParetoNbdPublishedTests
{
    [SkippableFact]
    public void ParetoNbd_CdnowSample_FitsHardiePaperTable()
    {
        var fit = ParetoNbdModel.Fit(CdnowSample.FromTransactions().Statistics);

        Assert.True(fit.Converged, fit.Outcome.Message);
        Assert.Equal(["r", "alpha", "s", "beta"], fit.Parameters.Keys);
        Near.Digits(0.553, fit.Parameters["r"], 3);
        Near.Digits(10.578, fit.Parameters["alpha"], 5);
        Near.Digits(0.606, fit.Parameters["s"], 3);
        Near.Digits(11.67, fit.Parameters["beta"], 4);
        Near.Absolute(-9594.976, fit.LogLikelihood!.Value, 0.001);
    }

    /// <summary>The summary's weeks are rounded to two decimals, which moves the log-likelihood by .002.</summary>
    [SkippableFact]
    public void ParetoNbd_CdnowSummaryOfRoundedWeeks_FitsTheSameToTheRounding()
    {
        var fit = CdnowSample.Summary().Fit(LifetimeModelKind.ParetoNbd);

        Assert.True(fit.Converged, fit.Outcome.Message);
        Near.Digits(0.553, fit.Parameters["r"], 3);
        Near.Digits(10.578, fit.Parameters["alpha"], 5);
        Near.Digits(0.606, fit.Parameters["s"], 3);
        Near.Digits(11.67, fit.Parameters["beta"], 4);
        Near.Absolute(-9594.976, fit.LogLikelihood!.Value, 0.01);
    }

    [Fact]
    public void ParetoNbd_ParametersOfBtydWalkthrough_CustomerOf26PurchasesIsThatOfTheWalkthrough()
    {
        var model = new ParetoNbdModel(0.5534, 10.5802, 0.6061, 11.6562);
        var history = new PurchaseHistory(26, 30.86, 31);

        Near.Digits(0.9979, model.ProbabilityAlive(history), 4);
        Near.Absolute(25.46, model.ConditionalExpectedPurchases(history, 52), 0.01);
    }

    [Fact]
    public void ParetoNbd_ParametersOfBtydManual_ExpectedPurchasesAreThoseOfTheManual()
    {
        var model = new ParetoNbdModel(0.55, 10.56, 0.61, 11.64);
        double[] expected =
            [0, 0.05077821, 0.09916088, 0.14542507, 0.18979930, 0.23247466, 0.27361274, 0.31335159, 0.35181024, 0.38909211];

        for (var weeks = 0; weeks < expected.Length; weeks++)
        {
            Near.Absolute(expected[weeks], model.ExpectedPurchases(weeks), 1e-7);
        }
    }
}
