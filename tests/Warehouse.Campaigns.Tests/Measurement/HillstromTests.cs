using Warehouse.Campaigns.Measurement;
using Warehouse.Testing;

namespace Warehouse.Campaigns.Tests.Measurement;

/// <summary>Hillstrom's e-mail experiment (2008): 64,000 customers in three arms.</summary>
public class HillstromTests
{
    private const string Mens = "Mens E-Mail";
    private const string Womens = "Womens E-Mail";

    private static readonly Lazy<Task<ExperimentReport>> Report = new(async () => ExperimentReport.Of(await ReadAsync(), new MeasurementOptions()));

    [SkippableTheory]
    [InlineData(Mens, "visit", .076590)]
    [InlineData(Mens, "conversion", .006805)]
    [InlineData(Mens, "spend", .769827)]
    [InlineData(Womens, "visit", .045233)]
    [InlineData(Womens, "conversion", .003111)]
    [InlineData(Womens, "spend", .424412)]
    public async Task Differences(string arm, string outcome, double difference)
    {
        var effect = await EffectAsync(arm, outcome);

        Assert.Equal(difference, effect.Difference, 6);
        Assert.True(effect.Claim.IsMade, effect.Claim.Words);
    }

    [SkippableTheory]
    [InlineData(Mens, .145247, .485, 1.055)]
    [InlineData(Womens, .130333, .169, .680)]
    public async Task SpendIntervals(string arm, double error, double low, double high)
    {
        var effect = await EffectAsync(arm, "spend");

        Assert.Equal(error, effect.StandardError, 6);
        Assert.Equal(low, effect.Low, 3);
        Assert.Equal(high, effect.High, 3);
    }

    [SkippableFact]
    public async Task SampleRatio_IsSound()
    {
        var ratio = (await ReportAsync()).SampleRatio;

        Assert.Equal(.2025, ratio.ChiSquare, 4);
        Assert.True(ratio.IsSound);
        Assert.Equal([21_306, 21_307, 21_387], ratio.Arms.Select(arm => arm.Customers));
    }

    [SkippableFact]
    public async Task CupedOnHistory_RemovesHardlyAnyVarianceOfSpend() =>
        Assert.Equal(.00047, (await ReportAsync()).Cuped.Single(cuped => cuped.Outcome == "spend").VarianceRemoved, 5);

    [SkippableTheory]
    [InlineData("visit", 13_793)]
    [InlineData("conversion", 286_124)]
    [InlineData("spend", 494_679)]
    public async Task CustomersPerArm_ToSeeTenPerCentMore(string outcome, double customers) =>
        Assert.Equal(customers, (await ReportAsync()).Power.Single(power => power.Outcome == outcome).CustomersPerArm);

    [SkippableFact]
    public async Task SpendBootstrap_AgreesWithWelch_BecauseTheArmsAreLarge()
    {
        foreach (var effect in (await ReportAsync()).Effects)
        {
            Assert.InRange(effect.Bootstrap!.Value.Low, effect.Low - (.25 * effect.StandardError), effect.Low + (.25 * effect.StandardError));
            Assert.InRange(effect.Bootstrap.Value.High, effect.High - (.25 * effect.StandardError), effect.High + (.25 * effect.StandardError));
        }
    }

    [SkippableFact]
    public async Task ExpectedLiftOfTenPerCent_RefusesWhatTheTestWasTooSmallFor()
    {
        var report = ExperimentReport.Of(await ReadAsync(), new MeasurementOptions { ExpectedLift = .1 });

        Assert.Equal(Refusal.None, report.Effects.Single(effect => effect is { Arm: Mens, Outcome: "visit" }).Claim.Refusal);
        Assert.Equal(Refusal.UnderPowered, report.Effects.Single(effect => effect is { Arm: Mens, Outcome: "spend" }).Claim.Refusal);
    }

    private static async Task<Effect> EffectAsync(string arm, string outcome) =>
        (await ReportAsync()).Effects.Single(effect => effect.Arm == arm && effect.Outcome == outcome);

    private static Task<ExperimentReport> ReportAsync()
    {
        Skip.If(SharedData.Find("hillstrom/hillstrom.csv.gz") is null, SharedData.Missing("hillstrom/hillstrom.csv.gz"));
        return Report.Value;
    }

    private static async Task<Experiment> ReadAsync()
    {
        var path = SharedData.Find("hillstrom/hillstrom.csv.gz");
        Skip.If(path is null, SharedData.Missing("hillstrom/hillstrom.csv.gz"));
        return (await ExperimentFile.ReadAsync(
            path, "segment", "No E-Mail", ["visit", "conversion", "spend"], ["history"], MissingOutcome.Refuse, CancellationToken.None)).Experiment;
    }
}
