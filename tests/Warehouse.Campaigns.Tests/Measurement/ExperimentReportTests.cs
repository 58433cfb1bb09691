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
