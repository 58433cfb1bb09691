using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BetaGeometric;

namespace Warehouse.Models.Tests.Lifetime.Published;

/// <summary>Fader, Hardie and Lee (2005) and the spreadsheet that goes with it; the manual of R's BTYD package.</summary>
public sealed class BgNbdPublishedTests
{
    [SkippableFact]
    public void BgNbd_CdnowSample_FitsHardiePaperTable()
    {
        var fit = CdnowSample.Summary().Fit(LifetimeModelKind.BgNbd);

        Assert.True(fit.Converged, fit.Outcome.Message);
        Assert.Equal(["r", "alpha", "a", "b"], fit.Parameters.Keys);
        Near.Digits(0.24259, fit.Parameters["r"], 3);
        Near.Digits(4.4136, fit.Parameters["alpha"], 4);
        Near.Digits(0.7929, fit.Parameters["a"], 4);
        Near.Digits(2.4259, fit.Parameters["b"], 3);
        Near.Absolute(-9582.43, fit.LogLikelihood!.Value, 0.01);
        Assert.Equal(2357, fit.Customers);
    }

    [SkippableTheory]
    [InlineData(0.1429, 0.0078)]
    [InlineData(1, 0.0532)]
    [InlineData(3, 0.1506)]
    [InlineData(31.8571, 1.0405)]
    [InlineData(32, 1.0437)]
    public void BgNbd_CdnowSample_ExpectedPurchasesAreThoseOfHardiesSheet(double weeks, double expected)
    {
        var model = PurchaseModel.Of(CdnowSample.Summary().Fit(LifetimeModelKind.BgNbd));

        Near.Absolute(expected, model.ExpectedPurchases(weeks), 0.00005);
    }

    /// <summary>
    /// The sheet says 1.8576 at 78 weeks. Its hypergeometric sum ends with the term of order 150, where it has not
    /// converged yet; the whole of (9) is 1.8580.
    /// </summary>
    [SkippableFact]
    public void BgNbd_CdnowSample_ExpectedPurchasesAt78WeeksAreThoseOfHardiesSheetButForItsTruncatedSum()
    {
        var model = (BgNbdModel)PurchaseModel.Of(CdnowSample.Summary().Fit(LifetimeModelKind.BgNbd));

        Near.Absolute(1.8576, Equation9(model, 78, lastTerm: 150), 0.00005);
        Near.Absolute(Equation9(model, 78, lastTerm: 5000), model.ExpectedPurchases(78), 1e-10);
        Near.Absolute(1.8580, model.ExpectedPurchases(78), 0.00005);
    }

    [SkippableFact]
    public void BgNbd_CdnowSample_ConditionalExpectationIsThatOfHardiesSheet()
    {
        var model = PurchaseModel.Of(CdnowSample.Summary().Fit(LifetimeModelKind.BgNbd));

        Near.Digits(1.226, model.ConditionalExpectedPurchases(new PurchaseHistory(2, 30.43, 38.86), 39), 4);
    }

    [Fact]
    public void BgNbd_ParametersOfBtydManual_ProbabilitiesOfPurchasesAreThoseOfTheManual()
    {
        var model = new BgNbdModel(0.243, 4.414, 0.793, 2.426);

        Near.Digits(0.57379, model.ProbabilityOfPurchases(0, 39), 5);
        Near.Digits(1.07869e-07, model.ProbabilityOfPurchases(10, 2), 6);
        double[] from11To20 =
        [
            0.0019995214, 0.0015170236, 0.0011633150, 0.0009003148, 0.0007023638,
            0.0005517902, 0.0004361913, 0.0003467171, 0.0002769613, 0.0002222260,
        ];
        for (var i = 0; i < from11To20.Length; i++)
        {
            Near.Absolute(from11To20[i], model.ProbabilityOfPurchases(11 + i, 30), 0.5e-10);
        }
    }

    private static double Equation9(BgNbdModel model, double weeks, int lastTerm)
    {
        var (r, alpha, a, b) = (model.R, model.Alpha, model.A, model.B);
        var (sum, term) = (0.0, 1.0);
        for (var j = 0; j <= lastTerm; j++)
        {
            sum += term;
            term *= (r + j) * (b + j) / ((a + b - 1 + j) * (j + 1)) * (weeks / (alpha + weeks));
        }

        return (a + b - 1) / (a - 1) * (1 - (Math.Pow(alpha / (alpha + weeks), r) * sum));
    }
}
