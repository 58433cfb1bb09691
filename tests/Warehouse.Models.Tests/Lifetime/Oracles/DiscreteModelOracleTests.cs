using MathNet.Numerics;
using Warehouse.Models.Lifetime.BgBb;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Models.Lifetime.ShiftedBetaGeometric;

namespace Warehouse.Models.Tests.Lifetime.Oracles;

/// <summary>BG/BB, sBG and Gamma-Gamma against numerical integration over their mixing distributions.</summary>
public sealed class DiscreteModelOracleTests
{
    /// <summary>The parameters include γ = 1, where the closed forms are 0/0.</summary>
    public static TheoryData<double, double, double, double> BgBbParameters => new()
    {
        { 1.204, 0.750, 0.657, 2.783 },
        { 0.4, 2, 1, 5 },
        { 8, 3, 0.2, 0.3 },
    };

    private static readonly OccasionHistory[] Histories = [new(0, 0, 6), new(1, 1, 6), new(2, 5, 6), new(6, 6, 6), new(3, 4, 15)];

    [Theory]
    [MemberData(nameof(BgBbParameters))]
    public void BgBb_LogLikelihood_EqualsIntegratedLikelihood(double alpha, double beta, double gamma, double delta)
    {
        var model = new BgBbModel(alpha, beta, gamma, delta);
        foreach (var history in Histories)
        {
            Near.Relative(Likelihood(model, history), Math.Exp(model.LogLikelihood(history)), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(BgBbParameters))]
    public void BgBb_ProbabilityAlive_EqualsIntegratedPosterior(double alpha, double beta, double gamma, double delta)
    {
        var model = new BgBbModel(alpha, beta, gamma, delta);
        foreach (var history in Histories)
        {
            Near.Relative(
                WhileAlive(model, history, (_, stays) => stays) / Likelihood(model, history), model.ProbabilityAlive(history), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(BgBbParameters))]
    public void BgBb_ConditionalExpectedPurchases_EqualsIntegratedPosterior(double alpha, double beta, double gamma, double delta)
    {
        var model = new BgBbModel(alpha, beta, gamma, delta);
        foreach (var history in Histories)
        {
            var bought = WhileAlive(model, history, (p, stays) => p * Enumerable.Range(1, 5).Sum(i => Math.Pow(stays, i)));
            Near.Relative(bought / Likelihood(model, history), model.ConditionalExpectedPurchases(history, 5), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(BgBbParameters))]
    public void BgBb_DiscountedExpectedResidualTransactions_EqualsIntegratedPosterior(double alpha, double beta, double gamma, double delta)
    {
        var model = new BgBbModel(alpha, beta, gamma, delta);
        foreach (var history in Histories)
        {
            foreach (var rate in new[] { 0.1, 0.001 })
            {
                var discounted = WhileAlive(model, history, (p, stays) => p * stays / (1 + rate - stays));
                Near.Relative(
                    discounted / Likelihood(model, history), model.DiscountedExpectedResidualTransactions(history, rate), 1e-8);
            }
        }
    }

    [Theory]
    [MemberData(nameof(BgBbParameters))]
    public void BgBb_ProbabilityOfPurchases_SumsToOneAndItsMeanIsExpectedPurchases(double alpha, double beta, double gamma, double delta)
    {
        var model = new BgBbModel(alpha, beta, gamma, delta);
        var probabilities = Enumerable.Range(0, 13).Select(count => model.ProbabilityOfPurchases(count, 12)).ToArray();

        Near.Absolute(1, probabilities.Sum(), 1e-12);
        Near.Relative(probabilities.Select((probability, count) => count * probability).Sum(), model.ExpectedPurchases(12), 1e-12);
        Assert.Equal(0, model.ProbabilityOfPurchases(13, 12));
    }

    [Fact]
    public void BgBb_LikelihoodsOfAllHistories_SumToOne()
    {
        var model = new BgBbModel(1.204, 0.750, 0.657, 2.783);
        var total = Math.Exp(model.LogLikelihood(new OccasionHistory(0, 0, 6)));
        for (var tx = 1; tx <= 6; tx++)
        {
            for (var x = 1; x <= tx; x++)
            {
                total += SpecialFunctions.Binomial(tx - 1, x - 1) * Math.Exp(model.LogLikelihood(new OccasionHistory(x, tx, 6)));
            }
        }

        Near.Absolute(1, total, 1e-12);
    }

    [Theory]
    [InlineData(0.668, 3.806)]
    [InlineData(1, 1)]
    [InlineData(30, 0.2)]
    public void ShiftedBetaGeometric_EqualsIntegratedGeometric(double alpha, double beta)
    {
        var model = new ShiftedBetaGeometricModel(alpha, beta);
        foreach (var t in new[] { 1, 2, 7, 40 })
        {
            Near.Relative(Mixing.OverBeta(alpha, beta, (theta, stays) => theta * Math.Pow(stays, t - 1)), model.ProbabilityOfEnd(t), 1e-9);
            Near.Relative(Mixing.OverBeta(alpha, beta, (_, stays) => Math.Pow(stays, t)), model.Survival(t), 1e-9);
            Near.Relative(model.Survival(t) / model.Survival(t - 1), model.Retention(t), 1e-12);
            Near.Relative(
                Mixing.OverBeta(alpha, beta, (_, stays) => Math.Pow(stays, t) / (1 - (stays / 1.1))) / model.Survival(t - 1),
                model.DiscountedExpectedResidualLifetime(t, 0.1),
                1e-9);
        }

        Near.Relative(Mixing.OverBeta(alpha, beta, (_, stays) => 1 / (1 - (stays / 1.1))), model.DiscountedExpectedLifetime(0.1), 1e-9);
    }

    [Theory]
    [InlineData(6.25, 3.74, 15.44)]
    [InlineData(1, 1.5, 200)]
    [InlineData(0.5, 8, 3)]
    public void GammaGamma_EqualsIntegratedGamma(double p, double q, double v)
    {
        var model = new GammaGammaModel(p, q, v);
        foreach (var history in new SpendHistory[] { new(1, 22.35), new(3, 0.5), new(12, 140) })
        {
            var (x, mean) = (history.Purchases, history.MeanSpend);
            double Density(double nu) => Math.Exp(
                (p * x * Math.Log(nu * x)) + (((p * x) - 1) * Math.Log(mean)) - (nu * x * mean) - SpecialFunctions.GammaLn(p * x));
            var likelihood = Mixing.OverGamma(q, v, Density, longestStep: 0.03);

            Near.Relative(likelihood, Math.Exp(model.LogLikelihood(history)), 1e-9);
            Near.Relative(
                Mixing.OverGamma(q, v, nu => Density(nu) * p / nu, longestStep: 0.03) / likelihood, model.ConditionalExpectedSpend(history), 1e-9);
        }

        Near.Relative(Mixing.OverGamma(q, v, nu => p / nu), model.ConditionalExpectedSpend(SpendHistory.Unknown), 1e-9);
        Near.Relative(model.PopulationMean!.Value, model.ConditionalExpectedSpend(SpendHistory.Unknown), 1e-14);
    }

    private static double Likelihood(BgBbModel model, OccasionHistory history) =>
        WhileAlive(model, history, (_, _) => 1)
        + Mixing.OverBeta(model.Alpha, model.Beta, (p, q) => Mixing.OverBeta(model.Gamma, model.Delta, (theta, stays) =>
            Enumerable.Range(history.Recency, history.Occasions - history.Recency).Sum(died =>
                Math.Pow(p, history.Frequency) * Math.Pow(q, died - history.Frequency) * theta * Math.Pow(stays, died))));

    private static double WhileAlive(BgBbModel model, OccasionHistory history, Func<double, double, double> value) =>
        Mixing.OverBeta(model.Alpha, model.Beta, (p, q) =>
            Math.Pow(p, history.Frequency) * Math.Pow(q, history.Occasions - history.Frequency)
            * Mixing.OverBeta(model.Gamma, model.Delta, (_, stays) => Math.Pow(stays, history.Occasions) * value(p, stays)));
}
