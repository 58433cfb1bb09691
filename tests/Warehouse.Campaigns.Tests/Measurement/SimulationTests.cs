using Warehouse.Campaigns.Measurement;

namespace Warehouse.Campaigns.Tests.Measurement;

/// <summary>Campaigns whose true effect is known, again and again.</summary>
public class SimulationTests
{
    private const int Times = 2000;

    [Fact]
    public void WelchIntervals_HoldTheTruthIn94To96OfHundredCampaigns_WithHeavyTails()
    {
        var hits = 0;
        var random = new Random(20260701);
        for (var time = 0; time < Times; time++)
        {
            var effect = (time % 5) - 2d;
            hits += Compare(Campaign.Run(random, 2000, Campaign.Spend(random, effect))).Interval.Holds(effect) ? 1 : 0;
        }

        Assert.InRange((double)hits / Times, .94, .96);
    }

    [Fact]
    public void WelchIntervals_OfRates_HoldTheTruthIn94To96OfHundredCampaigns()
    {
        var hits = 0;
        var random = new Random(1);
        for (var time = 0; time < Times; time++)
        {
            var found = Compare(Campaign.Run(random, 2000, treated => random.NextDouble() < (treated ? .08 : .05) ? 1 : 0));
            hits += found.Interval.Holds(.03) ? 1 : 0;
        }

        Assert.InRange((double)hits / Times, .94, .96);
    }

    [Fact]
    public void NoEffect_WrongClaims_AreAtMostFiveOfHundred_OverAllOutcomesTogether()
    {
        var times = Campaign.Times(60, Times);
        var wrong = 0;
        var random = new Random(7);
        for (var time = 0; time < times; time++)
        {
            var spend = Campaign.Run(random, 1000, Campaign.Spend(random));
            var values = spend.Outcomes[0].Values;
            var arms = Enumerable.Range(0, spend.Customers).Select(_ => random.Next(3) switch { 0 => "control", 1 => "a", _ => "b" }).ToArray();
            var report = ExperimentReport.Of(
                new Experiment("control", arms, [new("spend", values), new("bought", [.. values.Select(value => value > 0 ? 1d : 0)])], []),
                new MeasurementOptions { Seed = (ulong)time });
            wrong += report.Effects.Any(effect => effect.Claim.IsMade) ? 1 : 0;
        }

        Assert.InRange((double)wrong / times, 0, WelchTest.Alpha + Campaign.Slack(WelchTest.Alpha, times, 2));
    }

    [Fact]
    public void LooksEveryHundredCustomers_NeverMistakeNothingForAnEffect_InMoreThanFiveOfHundred()
    {
        var times = Campaign.Times(250, Times);
        var (anytime, naive) = (0, 0);
        var random = new Random(11);
        for (var time = 0; time < times; time++)
        {
            var (isWrong, wouldBeWrong) = Peek(random);
            anytime += isWrong ? 1 : 0;
            naive += wouldBeWrong ? 1 : 0;
        }

        Assert.InRange((double)anytime / times, 0, WelchTest.Alpha + Campaign.Slack(WelchTest.Alpha, times, 2));
        Assert.True(naive > .15 * times, "fixed intervals looked at as often are wrong far more often, or the test shows nothing");
    }

    [Fact]
    public void BootstrapIntervals_HoldTheTruth_WhereTheControlIsSmallAndTailsAreHeavy()
    {
        var times = Campaign.Times(100, Times);
        var hits = 0;
        var random = new Random(3);
        for (var time = 0; time < times; time++)
        {
            var outcome = Campaign.Spend(random);
            var (treated, control) = (Draw(outcome, 1500), Draw(outcome, 300));
            var test = WelchTest.Of(Moments.Of(treated), Moments.Of(control));
            var drawn = Bootstrap.Of(test, Bootstrap.Resample(treated, (ulong)time), Bootstrap.Resample(control, (ulong)time + 1_000_000));
            hits += drawn!.Value.Holds(0) ? 1 : 0;
        }

        Campaign.Near(.95, hits, times);
    }

    [Fact]
    public void SequentialIntervals_AreWiderThanFixedOnes_AndNarrowWithCustomers()
    {
        var few = AlwaysValid.Of(0, 1, 1_000, 10_000);
        var many = AlwaysValid.Of(0, 1 / Math.Sqrt(10), 10_000, 10_000);

        Assert.True(few.High > 1.96);
        Assert.True(many.High > 1.96 / Math.Sqrt(10));
        Assert.True(many.High < few.High);
    }

    [Fact]
    public void Power_IsWhatItSays()
    {
        const double Rate = .10;
        const double Lift = .5;
        var customers = (int)Math.Round(Power.CustomersForRate(Rate, Lift));
        var seen = 0;
        var random = new Random(5);
        for (var time = 0; time < Times; time++)
        {
            seen += Compare(Campaign.Run(random, 2 * customers, treated => random.NextDouble() < (treated ? Rate * (1 + Lift) : Rate) ? 1 : 0)).P < WelchTest.Alpha ? 1 : 0;
        }

        Campaign.Near(Power.Target, seen, Times);
    }

    private static (bool AnyTime, bool Fixed) Peek(Random random)
    {
        const int Customers = 8000;
        var outcome = Campaign.Spend(random);
        var (treated, control) = (Draw(outcome, Customers / 2), Draw(outcome, Customers / 2));
        var (anytime, naive) = (false, false);
        for (var each = AlwaysValid.FirstLook; each <= Customers / 2; each += 50)
        {
            var test = WelchTest.Of(Moments.Of(treated.AsSpan(0, each)), Moments.Of(control.AsSpan(0, each)));
            anytime |= !AlwaysValid.Of(test.Difference, test.StandardError, 2 * each, Customers).Holds(0);
            naive |= !test.Interval.Holds(0);
        }

        return (anytime, naive);
    }

    private static double[] Draw(Func<bool, double> outcome, int customers) => [.. Enumerable.Range(0, customers).Select(_ => outcome(false))];

    private static WelchTest Compare(Experiment experiment) => WelchTest.Of(
        Moments.Of(experiment.OfArm(experiment.Outcomes[0].Values, 1)), Moments.Of(experiment.OfArm(experiment.Outcomes[0].Values, 0)));
}
