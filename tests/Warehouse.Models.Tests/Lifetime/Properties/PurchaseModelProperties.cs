using FsCheck;
using FsCheck.Fluent;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BgBb;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Models.Lifetime.ShiftedBetaGeometric;

namespace Warehouse.Models.Tests.Lifetime.Properties;

/// <summary>What holds for all parameters and histories; parameters and times spread over many orders of magnitude.</summary>
public sealed class PurchaseModelProperties
{
    private static readonly Config Configuration = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20260101, 7);

    private static Gen<double> Between(double low, double high) =>
        Gen.Choose(0, 1_000_000).Select(share => Math.Exp(Math.Log(low) + (share / 1e6 * Math.Log(high / low))));

    private static Gen<PurchaseModel> Models =>
        from kind in Gen.Elements(LifetimeModelKind.BgNbd, LifetimeModelKind.MbgNbd, LifetimeModelKind.ParetoNbd)
        from first in Between(1e-2, 1e2)
        from second in Between(1e-2, 1e3)
        from third in Between(1e-2, 1e2)
        from fourth in Between(1e-2, 1e3)
        select PurchaseModel.Of(kind, [first, second, third, fourth]);

    private static Gen<PurchaseHistory> Histories =>
        from age in Between(1e-2, 1e3)
        from share in Gen.Choose(1, 1000)
        from frequency in Gen.Frequency((2, Gen.Constant(0)), (4, Gen.Choose(1, 20)), (1, Gen.Choose(21, 2000)))
        select new PurchaseHistory(frequency, frequency == 0 ? 0 : age * share / 1000, age);

    private static Arbitrary<(PurchaseModel Model, PurchaseHistory History)> Cases =>
        (from model in Models from history in Histories select (model, history)).ToArbitrary();

    [Fact]
    public void ProbabilityAlive_IsAProbability() => Prop.ForAll(Cases, drawn =>
        drawn.Model.ProbabilityAlive(drawn.History) is >= 0 and <= 1).Check(Configuration);

    [Fact]
    public void ProbabilityAlive_FallsTheLongerTheCustomerIsSilent() => Prop.ForAll(Cases, drawn =>
    {
        var (model, history) = drawn;
        var later = new PurchaseHistory(history.Frequency, history.Recency, history.Age * 1.5);
        return model.ProbabilityAlive(later) <= model.ProbabilityAlive(history);
    }).Check(Configuration);

    [Fact]
    public void ConditionalExpectedPurchases_RiseWithTheHorizonFromZero() => Prop.ForAll(Cases, drawn =>
    {
        var (model, history) = drawn;
        var expected = new[] { 0, history.Age / 100, history.Age, history.Age * 20 }
            .Select(horizon => model.ConditionalExpectedPurchases(history, horizon))
            .ToArray();
        return expected[0] == 0 && expected.All(double.IsFinite) && expected.Zip(expected.Skip(1)).All(pair => pair.First <= pair.Second * (1 + 1e-12));
    }).Check(Configuration);

    [Fact]
    public void ConditionalExpectedPurchases_AreAtMostThoseOfACustomerWhoNeverLeaves() => Prop.ForAll(Cases, drawn =>
    {
        var (model, history) = drawn;
        var (r, alpha) = model switch
        {
            Warehouse.Models.Lifetime.BetaGeometric.BetaGeometricModel beta => (beta.R, beta.Alpha),
            Warehouse.Models.Lifetime.ParetoNbd.ParetoNbdModel pareto => (pareto.R, pareto.Alpha),
            _ => throw new InvalidOperationException(),
        };
        var mostPossible = (r + history.Frequency) / (alpha + history.Age) * 10;
        return model.ConditionalExpectedPurchases(history, 10) <= mostPossible * (1 + 1e-9);
    }).Check(Configuration);

    [Fact]
    public void DiscountedExpectedResidualTransactions_FallWithTheRateAndExceedThoseOfAnyHorizon() => Prop.ForAll(Cases, drawn =>
    {
        var (model, history) = drawn;
        var rate = 1 / history.Age;
        var residual = model.DiscountedExpectedResidualTransactions(history, rate);
        return double.IsFinite(residual)
            && model.DiscountedExpectedResidualTransactions(history, 2 * rate) <= residual * (1 + 1e-9)
            && model.DiscountedExpectedPurchases(history, history.Age, rate) <= residual * (1 + 1e-9);
    }).Check(Configuration);

    [Fact]
    public void ProbabilityOfPurchases_IsAProbabilityAndThoseOfAllCountsAtMostOne() => Prop.ForAll(Cases, drawn =>
    {
        var (model, history) = drawn;
        var probabilities = Enumerable.Range(0, 30).Select(count => model.ProbabilityOfPurchases(count, history.Age)).ToArray();
        return probabilities.All(probability => probability is >= 0 and <= 1 + 1e-9) && probabilities.Sum() <= 1 + 1e-8;
    }).Check(Configuration);

    [Fact]
    public void EveryPrediction_InAnotherUnitOfTime_IsTheSame() => Prop.ForAll(Cases, drawn =>
    {
        const double Scale = 7;
        var (model, history) = drawn;
        var scaled = model switch
        {
            Warehouse.Models.Lifetime.BetaGeometric.BetaGeometricModel beta =>
                PurchaseModel.Of(model.Kind, [beta.R, beta.Alpha * Scale, beta.A, beta.B]),
            Warehouse.Models.Lifetime.ParetoNbd.ParetoNbdModel pareto =>
                PurchaseModel.Of(model.Kind, [pareto.R, pareto.Alpha * Scale, pareto.S, pareto.Beta * Scale]),
            _ => throw new InvalidOperationException(),
        };
        var scaledHistory = new PurchaseHistory(history.Frequency, Math.Min(history.Recency * Scale, history.Age * Scale), history.Age * Scale);
        return IsNear(model.ProbabilityAlive(history), scaled.ProbabilityAlive(scaledHistory))
            && IsNear(model.ConditionalExpectedPurchases(history, 5), scaled.ConditionalExpectedPurchases(scaledHistory, 5 * Scale))
            && IsNear(
                model.DiscountedExpectedResidualTransactions(history, 0.01),
                scaled.DiscountedExpectedResidualTransactions(scaledHistory, 0.01 / Scale));
    }).Check(Configuration);

    [Fact]
    public void BgBb_EveryPrediction_IsInItsRange()
    {
        var cases =
            from alpha in Between(1e-2, 1e2)
            from beta in Between(1e-2, 1e2)
            from gamma in Between(1e-2, 1e2)
            from delta in Between(1e-2, 1e2)
            from occasions in Gen.Choose(1, 300)
            from recency in Gen.Choose(0, occasions)
            from frequency in Gen.Choose(recency == 0 ? 0 : 1, recency)
            select (Model: new BgBbModel(alpha, beta, gamma, delta), History: new OccasionHistory(frequency, recency, occasions));
        Prop.ForAll(cases.ToArbitrary(), drawn =>
        {
            var (model, history) = drawn;
            var expected = model.ConditionalExpectedPurchases(history, 12);
            var residual = model.DiscountedExpectedResidualTransactions(history, 1e-3);
            return model.ProbabilityAlive(history) is >= 0 and <= 1
                && expected is >= 0 and <= 12
                && model.ConditionalExpectedPurchases(history, 13) >= expected
                && double.IsFinite(residual)
                && residual * Math.Pow(1.001, 12) >= expected * (1 - 1e-9)
                && double.IsFinite(model.LogLikelihood(history));
        }).Check(Configuration);
    }

    [Fact]
    public void GammaGamma_ConditionalSpend_LiesBetweenTheCustomersMeanAndThePopulations()
    {
        var cases =
            from p in Between(1e-1, 1e2)
            from q in Between(1.01, 1e2)
            from v in Between(1e-2, 1e3)
            from purchases in Gen.Choose(1, 300)
            from mean in Between(1e-2, 1e4)
            select (Model: new GammaGammaModel(p, q, v), History: new SpendHistory(purchases, mean));
        Prop.ForAll(cases.ToArbitrary(), drawn =>
        {
            var (model, history) = drawn;
            var expected = model.ConditionalExpectedSpend(history);
            var (low, high) = (Math.Min(history.MeanSpend, model.PopulationMean!.Value), Math.Max(history.MeanSpend, model.PopulationMean.Value));
            return expected >= low * (1 - 1e-9) && expected <= high * (1 + 1e-9);
        }).Check(Configuration);
    }

    [Fact]
    public void ShiftedBetaGeometric_RetentionRisesAndWhatEndsAndSurvivesIsAll()
    {
        var cases = from alpha in Between(1e-2, 1e2) from beta in Between(1e-2, 1e2) select new ShiftedBetaGeometricModel(alpha, beta);
        Prop.ForAll(cases.ToArbitrary(), model =>
        {
            var ended = Enumerable.Range(1, 40).Sum(model.ProbabilityOfEnd);
            return Math.Abs(ended + model.Survival(40) - 1) < 1e-12
                && Enumerable.Range(1, 40).All(t => model.Retention(t) < model.Retention(t + 1))
                && model.DiscountedExpectedLifetime(0.05) <= 21 * (1 + 1e-12);
        }).Check(Configuration);
    }

    private static bool IsNear(double one, double other) => Math.Abs(one - other) <= (1e-7 * Math.Abs(one)) + 1e-300;
}
