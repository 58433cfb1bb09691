using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BgBb;

namespace Warehouse.Models.Tests.Lifetime.Published;

/// <summary>Fader, Hardie and Shang (2010) and the spreadsheet that goes with it (Hardie's note 10).</summary>
public sealed class BgBbPublishedTests
{
    [Fact]
    public void BgBb_Donations_FitsHardiePaperTable()
    {
        var fit = Donations.Summary.Fit(LifetimeModelKind.BgBb);

        Assert.True(fit.Converged, fit.Outcome.Message);
        Assert.Equal(["alpha", "beta", "gamma", "delta"], fit.Parameters.Keys);
        Assert.Equal(11104, fit.Customers);
        Assert.Equal(22, fit.Cells);
        Near.Digits(1.204, fit.Parameters["alpha"], 4);
        Near.Digits(0.750, fit.Parameters["beta"], 3);
        Near.Digits(0.657, fit.Parameters["gamma"], 3);
        Near.Digits(2.783, fit.Parameters["delta"], 4);
        Near.Absolute(-33225.6, fit.LogLikelihood!.Value, 0.05);
    }

    [Theory]
    [InlineData(0, 0, 0.11)]
    [InlineData(2, 4, 0.59)]
    [InlineData(6, 6, 0.93)]
    public void BgBb_Donations_ProbabilityAliveIn2002IsThatOfHardiePaperTable6(int x, int tx, double expected)
    {
        var model = BgBbModel.Of(Donations.Summary.Fit(LifetimeModelKind.BgBb));

        Near.Digits(expected, model.ProbabilityAlive(new OccasionHistory(x, tx, 6)), 2);
    }

    [Fact]
    public void BgBb_Donations_ExpectedDonationsOf2002To2006AreThoseOfHardiesSheet()
    {
        var model = BgBbModel.Of(Donations.Summary.Fit(LifetimeModelKind.BgBb));

        var total = Donations.Cells.Sum(cell => cell.Supporters * model.ConditionalExpectedPurchases(cell.History, 5));

        Near.Absolute(12884.2, total, 0.05);
    }

    [Fact]
    public void BgBb_Donations_InSampleFitIsThatOfHardiesSheet()
    {
        var model = BgBbModel.Of(Donations.Summary.Fit(LifetimeModelKind.BgBb));

        Near.Absolute(3454.9, 11104 * model.ProbabilityOfPurchases(0, 6), 0.05);
        Near.Absolute(1253.1, 11104 * model.ProbabilityOfPurchases(6, 6), 0.05);
    }

    [Fact]
    public void BgBb_Donations_ExpectedPurchasesAreThoseOfHardiesTrackingSheet()
    {
        var model = BgBbModel.Of(Donations.Summary.Fit(LifetimeModelKind.BgBb));
        double[] expected = [0.4985, 0.9233, 1.2969, 1.6323, 1.9381, 2.2202, 2.4826, 2.7285, 2.9603, 3.1798, 3.3887];

        for (var n = 1; n <= expected.Length; n++)
        {
            Near.Absolute(expected[n - 1], model.ExpectedPurchases(n), 0.00005);
        }
    }

    /// <summary>The example of the manual of R's BTYD package, as rdrr.io prints its output.</summary>
    [Fact]
    public void BgBb_ParametersOfBtydManual_ExpectedPurchasesAreThoseOfTheManual()
    {
        var model = new BgBbModel(1.20, 0.75, 0.66, 2.78);
        double[] expected =
            [0.4973166, 0.9207078, 1.2927317, 1.6266289, 1.9309062, 2.2113893, 2.4722624, 2.7166434, 2.9469256, 3.1649902];

        for (var n = 1; n <= expected.Length; n++)
        {
            Near.Absolute(expected[n - 1], model.ExpectedPurchases(n), 5e-8);
        }
    }

    /// <summary>The walkthrough of R's BTYD package: donations of the ten years after, and of one who never gave again and one who did.</summary>
    [Theory]
    [InlineData(0, 0, 0.1302169)]
    [InlineData(4, 5, 3.627858)]
    public void BgBb_Donations_ExpectedDonationsOfTenYearsAreThoseOfBtydWalkthrough(int x, int tx, double expected)
    {
        var model = BgBbModel.Of(Donations.Summary.Fit(LifetimeModelKind.BgBb));

        Near.Digits(expected, model.ConditionalExpectedPurchases(new OccasionHistory(x, tx, 6), 10), 4);
    }
}
