using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BetaGeometric;

namespace Warehouse.Models.Tests.Lifetime.Published;

/// <summary>The CDNOW sample's weeks 40 to 78, as published by Fader, Hardie and Lee and recomputed.</summary>
public sealed class HoldoutPublishedTests
{
    [SkippableFact]
    public void BgNbd_CdnowHoldout_PredictsTheRecomputedTotalAndError()
    {
        var sample = CdnowSample.FromTransactions();
        var model = PurchaseModel.Of(BgNbdModel.Fit(sample.Statistics));

        var holdout = HoldoutEvaluation.Of(model, sample.Histories, sample.HoldoutPurchases, CdnowSample.HoldoutWeeks);

        Assert.Equal(1882, holdout.Actual);
        Near.Absolute(1653.4, holdout.Predicted, 0.05);
        Near.Digits(0.7855, holdout.MeanAbsoluteError, 4);
        Assert.Equal(2357, holdout.ByFrequency.Sum(row => row.Customers));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], holdout.ByFrequency.Select(row => row.Frequency));
        Near.Absolute(1882, holdout.ByFrequency.Sum(row => row.Customers * row.MeanActual), 1e-6);
        Near.Relative(holdout.Predicted, holdout.ByFrequency.Sum(row => row.Customers * row.MeanPredicted), 1e-12);
    }

    [SkippableFact]
    public void CdnowSample_CumulativeRepeatPurchases_AreThePublishedCounts()
    {
        var sample = CdnowSample.FromTransactions();

        Assert.Equal(2457, sample.Customers.Sum(customer => customer.History.Frequency));
        Assert.Equal(4339, sample.Customers.Sum(customer => customer.RepeatWeeks.Count));
    }

    /// <summary>The paper's tracking plot: the model follows the calibration period closely and falls a few per cent short at week 78.</summary>
    [SkippableFact]
    public void BgNbd_CdnowTrackingCurve_FollowsCalibrationAndEndsAFewPercentShort()
    {
        var sample = CdnowSample.FromTransactions();
        var model = PurchaseModel.Of(BgNbdModel.Fit(sample.Statistics));
        AcquisitionCohort[] cohorts =
        [
            .. sample.Customers.GroupBy(customer => customer.FirstWeek).Select(group => new AcquisitionCohort(group.Key, group.Count())),
        ];
        double[] weeks = [.. Enumerable.Range(1, 78).Select(week => (double)week)];
        double[] actual = [.. weeks.Select(week => (double)sample.Customers.Sum(customer => customer.RepeatWeeks.Count(at => at < week)))];

        var curve = TrackingCurve.Of(model, cohorts, weeks, actual);

        Assert.Equal(2457, curve[38].Actual);
        Assert.Equal(4339, curve[77].Actual);
        Near.Relative(2457, curve[38].Expected, 0.02);
        Assert.InRange(curve[77].Expected / 4339, 0.93, 1);
        Assert.All(curve.Zip(curve.Skip(1)), pair => Assert.True(pair.First.Expected < pair.Second.Expected));
    }
}
