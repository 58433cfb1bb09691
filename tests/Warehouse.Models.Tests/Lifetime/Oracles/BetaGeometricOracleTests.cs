using MathNet.Numerics;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BetaGeometric;

namespace Warehouse.Models.Tests.Lifetime.Oracles;

/// <summary>
/// BG/NBD and MBG/NBD against numerical integration of what a customer of known λ and p does: with n chances to leave
/// behind him, λˣ (1-p)ⁿ e^(-λT) if alive, λˣ p (1-p)ⁿ⁻¹ e^(-λt_x) if he left after the last purchase.
/// </summary>
public sealed class BetaGeometricOracleTests
{
    /// <summary>The parameters include a = 1 and a + b &lt; 1, where the closed forms are 0/0 or have a pole.</summary>
    public static TheoryData<double, double, double, double> Parameters => new()
    {
        { 0.243, 4.414, 0.793, 2.426 },
        { 0.6, 9, 1, 3 },
        { 1.7, 20, 0.3, 0.4 },
        { 0.9, 3, 0.25, 0.75 },
        { 4, 30, 2.5, 12 },
    };

    private static readonly PurchaseHistory[] Histories =
        [new(0, 0, 38.86), new(1, 1.71, 38.86), new(2, 30.43, 38.86), new(7, 12, 30), new(12, 30, 30)];

    private static IEnumerable<(BetaGeometricModel Model, int First)> Models(double r, double alpha, double a, double b) =>
        [(new BgNbdModel(r, alpha, a, b), 0), (new MbgNbdModel(r, alpha, a, b), 1)];

    [Theory]
    [MemberData(nameof(Parameters))]
    public void LogLikelihood_EqualsIntegratedLikelihood(double r, double alpha, double a, double b)
    {
        foreach (var (model, first) in Models(r, alpha, a, b))
        {
            foreach (var history in Histories)
            {
                Near.Relative(Likelihood(model, first, history), Math.Exp(model.LogLikelihood(history)), 1e-9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void ProbabilityAlive_EqualsIntegratedPosterior(double r, double alpha, double a, double b)
    {
        foreach (var (model, first) in Models(r, alpha, a, b))
        {
            foreach (var history in Histories)
            {
                var alive = WhileAlive(model, first, history, (_, _) => 1);
                Near.Relative(alive / Likelihood(model, first, history), model.ProbabilityAlive(history), 1e-9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void ConditionalExpectedPurchases_EqualsIntegratedPosterior(double r, double alpha, double a, double b)
    {
        foreach (var (model, first) in Models(r, alpha, a, b))
        {
            foreach (var history in Histories)
            {
                foreach (var horizon in new[] { 0.01, 39, 400 })
                {
                    var bought = WhileAlive(
                        model, first, history, (lambda, p) => Mixing.OneMinusExp(lambda * p * horizon) / p);
                    Near.Relative(
                        bought / Likelihood(model, first, history), model.ConditionalExpectedPurchases(history, horizon), 1e-8);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void DiscountedExpectedResidualTransactions_EqualsIntegratedPosterior(double r, double alpha, double a, double b)
    {
        foreach (var (model, first) in Models(r, alpha, a, b))
        {
            foreach (var history in Histories)
            {
                foreach (var rate in new[] { 0.0005, 0.0027, 0.2 })
                {
                    var discounted = WhileAlive(model, first, history, (lambda, p) => lambda / (rate + (lambda * p)));
                    Near.Relative(
                        discounted / Likelihood(model, first, history),
                        model.DiscountedExpectedResidualTransactions(history, rate),
                        1e-8);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void ProbabilityOfPurchases_EqualsIntegratedProbability(double r, double alpha, double a, double b)
    {
        const double Weeks = 26;
        foreach (var (model, first) in Models(r, alpha, a, b))
        {
            foreach (var count in new[] { 0, 1, 4, 11 })
            {
                var n = count + first;
                var expected = Mixing.OverGamma(r, alpha, lambda =>
                {
                    var exactly = Math.Exp((count * Math.Log(lambda * Weeks)) - (lambda * Weeks) - SpecialFunctions.FactorialLn(count));
                    var atLeast = count == 0 ? 1 : SpecialFunctions.GammaLowerRegularized(count, lambda * Weeks);
                    return Mixing.OverBeta(a, b, (p, q) =>
                        (Math.Pow(q, n) * exactly) + (n > 0 ? p * Math.Pow(q, n - 1) * atLeast : 0));
                });
                Near.Relative(expected, model.ProbabilityOfPurchases(count, Weeks), 1e-8);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void ProbabilityOfPurchases_SumsToOneAndItsMeanIsExpectedPurchases(double r, double alpha, double a, double b)
    {
        foreach (var (model, _) in Models(r, alpha, a, b))
        {
            var probabilities = Enumerable.Range(0, 2000).Select(count => model.ProbabilityOfPurchases(count, 52)).ToArray();
            Near.Absolute(1, probabilities.Sum(), 1e-9);
            Near.Relative(probabilities.Select((probability, count) => count * probability).Sum(), model.ExpectedPurchases(52), 1e-9);
        }
    }

    /// <summary>Thousands of purchases, where the series gives way to integration.</summary>
    [Theory]
    [InlineData(0.6, 9, 0.8, 2.5, 3000, 50, 51, 40)]
    [InlineData(0.6, 9, 0.06, 300, 900, 50, 51, 500)]
    [InlineData(0.6, 0.01, 0.8, 2.5, 3, 0.01, 0.02, 1000)]
    [InlineData(300, 10, 200, 9000, 5, 2, 3, 4000)]
    public void ConditionalExpectedPurchases_OfManyPurchases_EqualsIntegratedPosterior(
        double r, double alpha, double a, double b, int x, double tx, double age, double horizon)
    {
        var model = new BgNbdModel(r, alpha, a, b);
        var history = new PurchaseHistory(x, tx, age);

        var expected = Mixing.OverGamma(r + x, alpha + age, lambda =>
            Mixing.OverBeta(a, b + x, (p, _) => Mixing.OneMinusExp(lambda * p * horizon) / p));

        Near.Relative(expected * model.ProbabilityAlive(history), model.ConditionalExpectedPurchases(history, horizon), 1e-7);
    }

    private static double Likelihood(BetaGeometricModel model, int first, PurchaseHistory history)
    {
        var (x, n) = (history.Frequency, history.Frequency + first);
        var left = n == 0
            ? 0
            : Mixing.OverGamma(model.R, model.Alpha, lambda =>
                Math.Pow(lambda, x) * Math.Exp(-lambda * history.Recency)
                * Mixing.OverBeta(model.A, model.B, (p, q) => p * Math.Pow(q, n - 1)));
        return left + WhileAlive(model, first, history, (_, _) => 1);
    }

    private static double WhileAlive(BetaGeometricModel model, int first, PurchaseHistory history, Func<double, double, double> value) =>
        Mixing.OverGamma(model.R, model.Alpha, lambda =>
            Math.Pow(lambda, history.Frequency) * Math.Exp(-lambda * history.Age)
            * Mixing.OverBeta(model.A, model.B, (p, q) => Math.Pow(q, history.Frequency + first) * value(lambda, p)));
}
