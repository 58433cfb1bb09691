using Warehouse.Campaigns.Measurement;
using Warehouse.Definitions;

namespace Warehouse.Campaigns.Tests.Measurement;

public class ExperimentReportTests
{
    [Fact]
    public void UnevenArms_StopTheAnalysis_InWords()
    {
        var report = ExperimentReport.Of(Of(treated: 5000, control: 5600), new MeasurementOptions());

        Assert.False(report.SampleRatio.IsSound);
        Assert.Empty(report.Effects);
        Assert.Contains("customers were lost or doubled on the way", Assert.Single(report.Words), StringComparison.Ordinal);
        Assert.False(report.IsEveryClaimMade);
    }

    [Fact]
    public void UnevenArms_AsPlanned_AreSound()
    {
        var options = new MeasurementOptions { ExpectedShares = new Dictionary<string, double> { ["treated"] = 9, ["control"] = 1 } };

        Assert.True(ExperimentReport.Of(Of(treated: 9000, control: 1000), options).SampleRatio.IsSound);
    }

    [Fact]
    public void NoDifference_IsRefused_BecauseTheIntervalHoldsZero()
    {
        var claim = Assert.Single(ExperimentReport.Of(Of(treated: 1000, control: 1000), new MeasurementOptions()).Effects).Claim;

        Assert.Equal(Refusal.ChanceAlone, claim.Refusal);
        Assert.StartsWith("No claim that treated changed bought: ", claim.Words, StringComparison.Ordinal);
        Assert.Contains("holds zero", claim.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void HandfulOfBuyers_IsRefused_HoweverSmallItsP()
    {
        var experiment = Of(treated: 500, control: 500, (treated, row) => treated && row < 20 ? 1 : 0);
        var effect = Assert.Single(ExperimentReport.Of(experiment, new MeasurementOptions()).Effects);

        Assert.True(effect.P < .001);
        Assert.Equal(Refusal.TooFew, effect.Claim.Refusal);
    }

    [Fact]
    public void OneOutcomeOfManyThatPassesByChance_IsRefused()
    {
        // 230 of 1,000 against 190 of 1,000 counts alone (p .03); beside 19 others it does not.
        var columns = Enumerable.Range(0, 20)
            .Select(place => new ExperimentColumn(
                $"o{place}", [.. Enumerable.Range(0, 2000).Select(row => row / 2 < (place == 0 && row % 2 == 0 ? 230 : 190) ? 1d : 0)]))
            .ToArray();
        var report = ExperimentReport.Of(
            new Experiment("control", [.. Enumerable.Range(0, 2000).Select(row => row % 2 == 0 ? "treated" : "control")], columns, []), new MeasurementOptions());

        Assert.Contains(report.Effects, effect => effect.Claim.Refusal == Refusal.ManyComparisons);
        Assert.DoesNotContain(report.Effects, effect => effect.Claim.IsMade);
    }

    [Fact]
    public void Profit_IsMarginOfTheDifferenceLessCost_AndItsReturn()
    {
        var experiment = Of(treated: 100, control: 100, (treated, row) => (treated ? 3 : 1) + (row % 2));
        var profit = Assert.Single(ExperimentReport.Of(
            experiment, new MeasurementOptions { Profit = new ProfitTerms("bought", .5, .25) }).Profit);

        Assert.Equal(.75, profit.PerCustomer, 12);
        Assert.Equal(75, profit.Total, 9);
        Assert.Equal(3, profit.ReturnOnCost!.Value, 9);
        Assert.True(profit.Low < .75 && profit.High > .75);
    }

    [Fact]
    public void Cuped_WithACovariateThatTellsHalfOfIt_RemovesThatHalf_AndKeepsTheEffect()
    {
        var random = new Random(4);
        var before = Enumerable.Range(0, 20_000).Select(_ => MathNet.Numerics.Distributions.Normal.Sample(random, 100, 10)).ToArray();
        var after = before.Select((value, row) => value + MathNet.Numerics.Distributions.Normal.Sample(random, row % 2 == 0 ? 1 : 0, 10)).ToArray();
        var arms = Enumerable.Range(0, before.Length).Select(row => row % 2 == 0 ? "treated" : "control").ToArray();
        var cuped = Assert.Single(ExperimentReport.Of(
            new Experiment("control", arms, [new("spend", after)], [new("before", before), new("again", before)]), new MeasurementOptions()).Cuped);

        Assert.InRange(cuped.VarianceRemoved, .48, .52);
        Assert.True(Assert.Single(cuped.Effects) is { Low: < 1, High: > 1 });
    }

    [Fact]
    public void SameExperiment_GivesTheSameReport_ToTheLastBit()
    {
        var random = new Random(9);
        var experiment = Campaign.Run(random, 500, Campaign.Spend(random));

        Assert.Equal(
            ExperimentReport.Of(experiment, new MeasurementOptions()).Effects, ExperimentReport.Of(experiment, new MeasurementOptions()).Effects);
    }

    [Fact]
    public void UnknownControl_GivesNearName() => Assert.Contains(
        "Did you mean \"control\"?",
        Assert.Throws<WrongCommandException>(() => new Experiment("controll", ["control", "treated"], [], [])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Holm_GivesThePublishedCorrection() =>
        Assert.Equal([.03, .06, .06, .02], Holm.Adjust([.01, .04, .03, .005]).Select(p => Math.Round(p, 12)));

    [Theory]
    [InlineData(
        new[] { 5.2365677720800003e-05, 2.8140506198000000e-04, 1.4987731079600001e-02, 2.0273268879800001e-02, 1.7709695272300000e-01, 6.4219392379499995e-01, 6.8084594763299999e-01, 7.1626938238000004e-01, 8.3854136755300002e-01, 9.6783382430900000e-01 },
        new[] { 5.2365677720800005e-04, 2.5326455578199999e-03, 1.1990184863680001e-01, 1.4191288215860001e-01, 1, 1, 1, 1, 1, 1 })]
    [InlineData(new[] { .002, .004, .006, .008, .01, .012 }, new[] { .012, .02, .024, .024, .024, .024 })]
    [InlineData(new[] { .001, .002, .003, .004, .005, .05, .06, .07, .08, .09 }, new[] { .01, .018, .024, .028, .03, .25, .25, .25, .25, .25 })]
    public void Holm_GivesWhatRsMulttestGives_InStatsmodelsTestMulti(double[] p, double[] expected) =>
        Assert.Equal(expected.Select(value => Math.Round(value, 14)), Holm.Adjust(p).Select(value => Math.Round(value, 14)));

    [Fact]
    public void Welch_GivesWhatGrowthbooksTwoSidedTTestGives()
    {
        // growthbook, packages/stats, test_two_sided_ttest of absolute differences: .29, [.04538, .53462], p .02016.
        var test = WelchTest.Of(new Moments(3461, .7, 6.2 * 6.2), new Moments(3407, .41, 3.9 * 3.9));

        Assert.Equal(.29, test.Difference, 12);
        Assert.Equal(.04538, test.Interval.Low, 5);
        Assert.Equal(.53462, test.Interval.High, 5);
        Assert.Equal(.02016, test.P, 5);
    }

    [Fact]
    public void AlwaysValid_GivesWhatGrowthbooksSequentialTestGives()
    {
        // growthbook, packages/stats, test_sequential_test_runs: an uplift of .50336 with a standard error of .33341, among 6,461 customers, tuned for 1,000.
        var interval = AlwaysValid.Of(.50336, .33341, 6461, 1000);

        Assert.Equal(-.55844, interval.Low, 4);
        Assert.Equal(1.56516, interval.High, 4);
    }

    [Fact]
    public void SampleRatio_GivesWhatPearsonGives_ForMendelsPeas()
    {
        // R: chisq.test(c(315, 108, 101, 32), p = c(9, 3, 3, 1) / 16): X-squared = .47002, df = 3, p = .9254.
        var ratio = SampleRatio.Of(["round yellow", "round green", "wrinkled yellow", "wrinkled green"], [315, 108, 101, 32], [9d / 16, 3d / 16, 3d / 16, 1d / 16]);

        Assert.Equal(.47002, ratio.ChiSquare, 5);
        Assert.Equal(.9254, ratio.P, 4);
    }

    [Fact]
    public void CustomersForRate_AreThoseOfRsPowerPropTest() =>
        // R: power.prop.test(p1 = .50, p2 = .75, power = .80): n = 57.67344.
        Assert.Equal(57.67344, Power.CustomersForRate(.5, .5), 4);

    [Fact]
    public void OpenExperiment_ClaimsOnlyWhatItMayLookAtEveryDay()
    {
        var experiment = Of(treated: 1000, control: 1000, (treated, row) => row % 100 < (treated ? 24 : 20) ? 1 : 0);
        var strong = Of(treated: 1000, control: 1000, (treated, row) => row % 100 < (treated ? 40 : 20) ? 1 : 0);
        var open = new MeasurementOptions { OpenUntil = new DateOnly(2026, 3, 1), PlannedCustomers = 4000 };

        Assert.True(Assert.Single(ExperimentReport.Of(experiment, new MeasurementOptions()).Effects).Claim.IsMade);
        var early = Assert.Single(ExperimentReport.Of(experiment, open).Effects).Claim;
        Assert.Equal(Refusal.TooEarly, early.Refusal);
        Assert.Contains("its window is open until 2026-03-01", early.Words, StringComparison.Ordinal);
        Assert.True(Assert.Single(ExperimentReport.Of(strong, open).Effects).Claim.IsMade);
    }

    [Fact]
    public void ControlThatWasReached_IsSaid_AndBoundsTheEffect()
    {
        var report = ExperimentReport.Of(Reached(treated: 1000, control: 200), new MeasurementOptions());
        var arm = Assert.Single(report.Contamination);
        var effect = Assert.Single(report.Effects);

        Assert.Contains("200 of 1,000 control customers (20.0 %) were reached all the same", report.Words[0], StringComparison.Ordinal);
        Assert.Equal(.8, arm.Dilution!.Value, 12);
        Assert.Equal(effect.Difference / .8, arm.OfReached[0].Difference, 12);
        Assert.Equal(effect.Low / .8, arm.OfReached[0].Low, 12);
    }

    [Fact]
    public void ControlThatWasReachedLikeTheOthers_StopsTheAnalysis()
    {
        var report = ExperimentReport.Of(Reached(treated: 500, control: 500), new MeasurementOptions());

        Assert.Empty(report.Effects);
        Assert.False(report.IsEveryClaimMade);
        Assert.Contains("the control was not left alone", Assert.Single(report.Words), StringComparison.Ordinal);
    }

    private static Experiment Reached(int treated, int control)
    {
        var rows = Enumerable.Range(0, 2000).ToArray();
        return new Experiment(
            "control",
            [.. rows.Select(row => row < 1000 ? "treated" : "control")],
            [new("bought", [.. rows.Select(row => row % 10 < (row < 1000 ? 3 : 2) ? 1d : 0)])],
            [],
            [.. rows.Select(row => row < 1000 ? row < treated : row - 1000 < control)]);
    }

    [Fact]
    public void Welch_GivesWhatRGives_ForTheSleepOfStudent1908()
    {
        // t.test(extra ~ group, data = sleep): t = -1.8608, df = 17.776, p = .07939, interval -3.3654832 to .2054832.
        double[] first = [.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2];
        double[] second = [1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        var test = WelchTest.Of(Moments.Of(first), Moments.Of(second));

        Assert.Equal(-1.8608, test.Difference / test.StandardError, 4);
        Assert.Equal(.07939, test.P, 5);
        Assert.Equal(-3.3654832, test.Interval.Low, 7);
        Assert.Equal(.2054832, test.Interval.High, 7);
    }

    private static Experiment Of(int treated, int control, Func<bool, int, double>? outcome = null)
    {
        outcome ??= (_, row) => row % 10 == 0 ? 1 : 0;
        return new Experiment(
            "control",
            [.. Enumerable.Repeat("treated", treated), .. Enumerable.Repeat("control", control)],
            [new("bought", [.. Enumerable.Range(0, treated).Select(row => outcome(true, row)), .. Enumerable.Range(0, control).Select(row => outcome(false, row))])],
            []);
    }
}
