using Warehouse.Campaigns.Measurement;
using Warehouse.Campaigns.Measurement.Uplift;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Campaigns.Tests.Measurement;

public class UpliftTests
{
    [Fact]
    public void Curves_OfEightCustomers_ByHand()
    {
        // The best four: treated 2 of 2, control 0 of 2. The worst four: treated 0 of 2, control 1 of 2.
        double[] scores = [1, 1, 1, 1, 0, 0, 0, 0];
        bool[] treated = [true, true, false, false, true, true, false, false];
        bool[] responded = [true, true, false, false, false, false, true, false];

        var curves = UpliftCurves.Of(scores, treated, responded);

        Assert.Equal(new UpliftPoint(.5, .5, .5), curves.Points[10]);
        Assert.Equal(new UpliftPoint(1, .25, .25), curves.Points[20]);
        Assert.Equal(.25, curves.Points[5].Qini, 12);
        Assert.Equal(.5 * .25 + .5 * .375, curves.AreaUnderUplift, 12);
        Assert.Equal(.3125 - .125, curves.QiniCoefficient, 12);
    }

    [Theory]
    [InlineData(new[] { true, true }, new[] { false, true }, 1.0)]
    [InlineData(new[] { true, true }, new[] { true, false }, 0.0)]
    [InlineData(new[] { false, true }, new[] { true, false }, 1.0)]
    [InlineData(new[] { true, false }, new[] { false, true }, 1.0)]
    public void QiniScore_GivesWhatScikitUpliftTests(bool[] responded, bool[] treated, double expected) =>
        Assert.Equal(expected, UpliftCurves.Of([.1, .3], treated, responded).QiniScore!.Value, 12);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void QiniScore_WhereNothingCanBeGained_IsNone_AsInScikitUpliftsHardCurves(bool responded)
    {
        var curves = UpliftCurves.Of([0, 0, 0], [false, true, true], [responded, responded, responded]);

        Assert.Equal(0, curves.Points[^1].Qini, 12);
        Assert.Equal(0, curves.Points[^1].Uplift, 12);
        Assert.Equal(0, curves.QiniCoefficient, 12);
    }

    [Fact]
    public void Curves_EndWhereScikitUpliftsDo()
    {
        // sklift's make_predictions: one guess for all; its Qini curve ends at 1 response of 2 treated, its uplift curve at 1.5 of 3 customers.
        var last = UpliftCurves.Of([0, 0, 0], [false, true, true], [false, true, false]).Points[^1];

        Assert.Equal(1d / 2, last.Qini, 12);
        Assert.Equal(1.5 / 3, last.Uplift, 12);
    }

    [Fact]
    public void EqualGuesses_AreTheStraightLine()
    {
        var random = new Random(1);
        var treated = Enumerable.Range(0, 1000).Select(_ => random.Next(2) == 0).ToArray();

        Assert.Equal(0, UpliftCurves.Of(new double[1000], treated, [.. treated.Select(_ => random.Next(3) == 0)]).QiniCoefficient, 12);
    }

    [Theory]
    [InlineData(.5)]
    [InlineData(.8)]
    public void EffectOnHalfOfTheCustomers_IsFoundByBothModels_AlsoWithUnequalArms(double treatedShare)
    {
        var reports = UpliftReport.All(Of(6000, treatedShare, new Random(3), persuadable: .2), 1);

        Assert.Equal([UpliftModel.TwoModels, UpliftModel.ClassTransformation], reports.Select(report => report.Model));
        Assert.All(reports, report =>
        {
            Assert.True(report.Low > 0, report.Words);
            // The curve rises to .1 over the half on whom it works and stays there: .075, less .05 below the straight line.
            Assert.Equal(.025, report.Curves.QiniCoefficient, .005);
            Assert.InRange(report.Fifths[0].Effect.Difference, .1, .3);
            Assert.Equal(.2, report.Fifths[0].Guessed, .06);
            Assert.InRange(report.Fifths[^1].Effect.Difference, -.1, .1);
        });
    }

    [Fact]
    public void EffectOnNobodyInParticular_IsRarelyClaimed()
    {
        var times = Campaign.Times(60, 1000);
        var random = new Random(8);
        var wrong = Enumerable.Range(0, times).Count(time => UpliftReport.All(Of(1500, .5, random, persuadable: 0), (ulong)time)[0].Low > 0);

        Assert.InRange((double)wrong / times, 0, .025 + Campaign.Slack(.025, times, 3));
    }

    [Fact]
    public void TooFewCustomers_IsSaid() => Assert.Contains(
        "fewer than 500 customers in each arm",
        Assert.Throws<UserFaultException>(() => UpliftReport.All(Of(600, .5, new Random(1), 0), 1)).Message,
        StringComparison.Ordinal);

    [SkippableFact]
    public async Task Hillstrom_BothCurvesEndInTheDifference_AndTheWomensMailIsTheOneToAim()
    {
        var path = SharedData.Find("hillstrom/hillstrom.csv.gz");
        Skip.If(path is null, SharedData.Missing("hillstrom/hillstrom.csv.gz"));
        var read = await ExperimentFile.ReadAsync(
            path, "segment", "No E-Mail", ["visit"], ["recency", "history", "mens", "womens", "newbie"], MissingOutcome.Refuse, CancellationToken.None);
        var reports = UpliftReport.All(read.Experiment, 1).ToLookup(report => report.Arm);

        Assert.All(reports["Mens E-Mail"], report => Assert.Equal(.076590, report.Curves.Points[^1].Qini, 6));
        Assert.All(reports["Womens E-Mail"], report =>
        {
            Assert.Equal(.045233, report.Curves.Points[^1].Qini, 6);
            Assert.Equal(.045233, report.Curves.Points[^1].Uplift, 6);
            Assert.Equal(.0073, report.Curves.QiniCoefficient, 4);
            Assert.True(report.Low > .03, report.Words);
        });
        Assert.All(reports["Mens E-Mail"], report => Assert.InRange(report.Curves.QiniCoefficient, .001, .003));
    }

    /// <summary>A tenth responds anyway; of those with a sign, more do where they are treated.</summary>
    private static Experiment Of(int customers, double treatedShare, Random random, double persuadable)
    {
        var sign = Enumerable.Range(0, customers).Select(_ => random.Next(2) == 0 ? 1d : 0).ToArray();
        var noise = sign.Select(_ => random.NextDouble()).ToArray();
        var treated = sign.Select(_ => random.NextDouble() < treatedShare).ToArray();
        var responded = sign.Select((has, row) => random.NextDouble() < .1 + (treated[row] ? has * persuadable : 0) ? 1d : 0).ToArray();
        return new Experiment(
            "control", [.. treated.Select(drawn => drawn ? "treated" : "control")], [new("responded", responded)], [new("sign", sign), new("noise", noise)]);
    }
}
