using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BgBb;
using Warehouse.Models.Lifetime.GammaGamma;

namespace Warehouse.Models.Tests.Lifetime.Properties;

/// <summary>Histories, horizons and parameters at the far ends: every answer is a finite number in its range.</summary>
public sealed class ExtremeInputTests
{
    private static readonly PurchaseHistory[] Histories =
    [
        new(0, 0, 1e-3), new(0, 0, 1e6), new(1, 1e-9, 1e-3), new(1, 1e-3, 1e6), new(1, 1e6, 1e6),
        new(10_000, 1, 1e6), new(10_000, 38, 39), new(10_000, 1e-3, 1e-3), new(2_000_000, 5, 6),
    ];

    private static readonly double[] Horizons = [0, 1e-9, 1e-3, 39, 1e6];

    public static TheoryData<string, double, double, double, double> Models
    {
        get
        {
            var models = new TheoryData<string, double, double, double, double>();
            foreach (var name in new[] { "bg-nbd", "mbg-nbd", "pareto-nbd" })
            {
                models.Add(name, 0.243, 4.414, 0.793, 2.426);
                models.Add(name, 1e-4, 1e-3, 1e-4, 1e-4);
                models.Add(name, 1e4, 1e6, 1e4, 1e4);
                models.Add(name, 1e4, 1e-3, 1e-4, 1e4);
                models.Add(name, 1e-4, 1e6, 1e4, 1e-4);
                models.Add(name, 1, 1, 1, 1);
            }

            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void PurchaseModel_AtTheFarEnds_GivesFiniteAnswersInTheirRange(string name, double first, double second, double third, double fourth)
    {
        var model = PurchaseModel.Of(LifetimeModelKinds.Parse(name), [first, second, third, fourth]);
        foreach (var history in Histories)
        {
            Assert.True(double.IsFinite(model.LogLikelihood(history)), $"ln L of {history}");
            Assert.InRange(model.ProbabilityAlive(history), 0, 1);
            foreach (var horizon in Horizons)
            {
                var expected = model.ConditionalExpectedPurchases(history, horizon);
                Assert.True(double.IsFinite(expected) && expected >= 0, $"E[Y({horizon})] of {history} is {expected}");
                var discounted = model.DiscountedExpectedPurchases(history, horizon, 0.003);
                Assert.True(double.IsFinite(discounted) && discounted >= 0, $"discounted E[Y({horizon})] of {history} is {discounted}");
            }

            foreach (var rate in new[] { 1e-6, 0.003, 10 })
            {
                var residual = model.DiscountedExpectedResidualTransactions(history, rate);
                Assert.True(double.IsFinite(residual) && residual >= 0, $"DERT at {rate} of {history} is {residual}");
            }
        }

        foreach (var horizon in Horizons)
        {
            Assert.True(double.IsFinite(model.ExpectedPurchases(horizon)));
            foreach (var count in new[] { 0, 1, 10_000 })
            {
                Assert.InRange(model.ProbabilityOfPurchases(count, horizon), 0, 1 + 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(LifetimeModelKind.BgNbd)]
    [InlineData(LifetimeModelKind.MbgNbd)]
    [InlineData(LifetimeModelKind.ParetoNbd)]
    public void Fit_OfTheFarEndsTogether_IsFinite(LifetimeModelKind kind)
    {
        var fit = PurchaseModel.Fit(kind, SufficientStatistics.Of(Histories));

        Assert.True(double.IsFinite(fit.LogLikelihood!.Value), fit.Outcome.Message);
        Assert.All(fit.Parameters.Values, value => Assert.True(double.IsFinite(value)));
        Assert.All(fit.StandardErrors.Values, value => Assert.True(value is null || double.IsFinite(value.Value)));
    }

    [Fact]
    public void BgBb_OfThousandsOfOccasions_IsFinite()
    {
        foreach (var model in new BgBbModel[] { new(1.2, 0.75, 0.65, 2.8), new(1e4, 1e4, 1e-4, 1e4), new(1e-4, 1e-4, 1e4, 1e-4) })
        {
            foreach (var history in new OccasionHistory[] { new(0, 0, 10_000), new(5, 5, 10_000), new(10_000, 10_000, 10_000), new(1, 10_000, 10_000) })
            {
                Assert.True(double.IsFinite(model.LogLikelihood(history)));
                Assert.InRange(model.ProbabilityAlive(history), 0, 1);
                Assert.InRange(model.ConditionalExpectedPurchases(history, 1000), 0, 1000);
                Assert.InRange(model.DiscountedExpectedResidualTransactions(history, 1e-4), 0, 1e4);
            }
        }
    }

    [Fact]
    public void GammaGamma_OfTinyAndEnormousSpend_IsFinite()
    {
        foreach (var model in new GammaGammaModel[] { new(6.25, 3.74, 15.44), new(1e4, 1e4, 1e6), new(1e-4, 2, 1e-6) })
        {
            foreach (var history in new SpendHistory[] { new(1, 1e-6), new(1, 1e12), new(100_000, 3) })
            {
                Assert.True(double.IsFinite(model.LogLikelihood(history)));
                Assert.True(double.IsFinite(model.ConditionalExpectedSpend(history)));
            }
        }
    }

    [Fact]
    public void Arguments_ThatAreNoTimesOrParameters_AreRefused()
    {
        var model = PurchaseModel.Of(LifetimeModelKind.BgNbd, [0.243, 4.414, 0.793, 2.426]);

        Assert.Throws<ArgumentOutOfRangeException>(() => model.ExpectedPurchases(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ConditionalExpectedPurchases(Histories[0], double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ProbabilityOfPurchases(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.DiscountedExpectedResidualTransactions(Histories[0], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.DiscountedExpectedResidualTransactions(Histories[0], double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.DiscountedExpectedPurchases(Histories[0], 5, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => PurchaseModel.Of(LifetimeModelKind.BgNbd, [0, 1, 1, 1]));
        Assert.Throws<ArgumentException>(() => PurchaseModel.Of(LifetimeModelKind.GammaGamma, [1, 1, 1]));
        Assert.Throws<ArgumentException>(() => model.ConditionalExpectedPurchases(Histories, 5, new double[2]));
    }
}
