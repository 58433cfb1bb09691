using Warehouse.Models.Lifetime.GammaGamma;

namespace Warehouse.Models.Tests.Lifetime.Published;

/// <summary>Fader and Hardie (2013), "The Gamma-Gamma Model of Monetary Value", and the spreadsheet that goes with it.</summary>
public sealed class GammaGammaPublishedTests
{
    [SkippableFact]
    public void GammaGamma_CdnowRepeaters_FitsHardieNote25()
    {
        var fit = GammaGammaModel.Fit(CdnowSample.FromTransactions().RepeatersSpend);

        Assert.True(fit.Converged, fit.Outcome.Message);
        Assert.Equal(["p", "q", "v"], fit.Parameters.Keys);
        Assert.Equal(946, fit.Customers);
        Near.Digits(6.25, fit.Parameters["p"], 3);
        Near.Digits(3.74, fit.Parameters["q"], 3);
        Near.Digits(15.44, fit.Parameters["v"], 4);
        Near.Absolute(-4055.92, fit.LogLikelihood!.Value, 0.01);
    }

    [SkippableFact]
    public void GammaGamma_FirstTenCdnowCustomers_ConditionalSpendIsThatOfHardiesSheet()
    {
        var sample = CdnowSample.FromTransactions();
        var model = GammaGammaModel.Of(GammaGammaModel.Fit(sample.RepeatersSpend));
        double[] expected = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];

        for (var i = 0; i < expected.Length; i++)
        {
            Near.Absolute(expected[i], model.ConditionalExpectedSpend(sample.Customers[i].Spend), 0.005);
        }
    }
}
