using MathNet.Numerics;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.ParetoNbd;

namespace Warehouse.Models.Tests.Lifetime.Oracles;

/// <summary>
/// Pareto/NBD against numerical integration of what a customer of known λ and μ does:
/// λˣ (μ e^(-(λ+μ)t_x) + λ e^(-(λ+μ)T)) / (λ+μ); and against the hypergeometric closed form where that is safe.
/// </summary>
public sealed class ParetoNbdOracleTests
{
    /// <summary>The parameters include s = 1, α = β, and α and β far apart either way.</summary>
    public static TheoryData<double, double, double, double> Parameters => new()
    {
        { 0.553, 10.578, 0.606, 11.669 },
        { 1.2, 8, 1, 8 },
        { 0.4, 0.05, 2, 60 },
        { 3, 70, 0.3, 0.02 },
        { 6, 40, 5, 200 },
    };

    private static readonly PurchaseHistory[] Histories =
        [new(0, 0, 38.86), new(1, 1.71, 38.86), new(2, 30.43, 38.86), new(7, 12, 30), new(12, 30, 30), new(20, 5, 80)];

    [Theory]
    [MemberData(nameof(Parameters))]
    public void LogLikelihood_EqualsIntegratedLikelihood(double r, double alpha, double s, double beta)
    {
        var model = new ParetoNbdModel(r, alpha, s, beta);
        foreach (var history in Histories)
        {
            Near.Relative(Likelihood(model, history), Math.Exp(model.LogLikelihood(history)), 1e-8);
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void ProbabilityAlive_EqualsIntegratedPosterior(double r, double alpha, double s, double beta)
    {
        var model = new ParetoNbdModel(r, alpha, s, beta);
        foreach (var history in Histories)
        {
            Near.Relative(WhileAlive(model, history, (_, _) => 1) / Likelihood(model, history), model.ProbabilityAlive(history), 1e-8);
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void ConditionalExpectedPurchases_EqualsIntegratedPosterior(double r, double alpha, double s, double beta)
    {
        var model = new ParetoNbdModel(r, alpha, s, beta);
        foreach (var history in Histories)
        {
            foreach (var horizon in new[] { 0.01, 39, 400 })
            {
                var bought = WhileAlive(model, history, (lambda, mu) => lambda * Mixing.OneMinusExp(mu * horizon) / mu);
                Near.Relative(bought / Likelihood(model, history), model.ConditionalExpectedPurchases(history, horizon), 1e-8);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void DiscountedExpectedResidualTransactions_EqualsIntegratedPosterior(double r, double alpha, double s, double beta)
    {
        var model = new ParetoNbdModel(r, alpha, s, beta);
        foreach (var history in Histories)
        {
            foreach (var rate in new[] { 0.0005, 0.0027, 0.2, 5 })
            {
                var discounted = WhileAlive(model, history, (lambda, mu) => lambda / (mu + rate));
                Near.Relative(
                    discounted / Likelihood(model, history), model.DiscountedExpectedResidualTransactions(history, rate), 1e-8);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void ProbabilityOfPurchases_EqualsIntegratedProbability(double r, double alpha, double s, double beta)
    {
        const double Weeks = 26;
        var model = new ParetoNbdModel(r, alpha, s, beta);
        foreach (var count in new[] { 0, 1, 4, 11 })
        {
            var expected = Mixing.OverGamma(r, alpha, lambda => Mixing.OverGamma(s, beta, mu =>
            {
                var alive = Math.Exp((count * Math.Log(lambda * Weeks)) - ((lambda + mu) * Weeks) - SpecialFunctions.FactorialLn(count));
                var died = mu / (lambda + mu) * Math.Pow(lambda / (lambda + mu), count)
                    * SpecialFunctions.GammaLowerRegularized(count + 1, (lambda + mu) * Weeks);
                return alive + died;
            }));
            Near.Relative(expected, model.ProbabilityOfPurchases(count, Weeks), 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void ProbabilityOfPurchases_SumsToOneAndItsMeanIsExpectedPurchases(double r, double alpha, double s, double beta)
    {
        var model = new ParetoNbdModel(r, alpha, s, beta);
        var probabilities = Enumerable.Range(0, 30_000).Select(count => model.ProbabilityOfPurchases(count, 52)).ToArray();
        Near.Absolute(1, probabilities.Sum(), 1e-6);
        Near.Relative(probabilities.Select((probability, count) => count * probability).Sum(), model.ExpectedPurchases(52), 1e-6);
    }

    /// <summary>A₀ of Fader and Hardie (2005), summed as a power series.</summary>
    [Theory]
    [InlineData(0.553, 10.578, 0.606, 11.669)]
    [InlineData(0.553, 13.578, 0.606, 11.669)]
    [InlineData(2.5, 9, 1.5, 10)]
    public void LogLikelihood_EqualsHypergeometricForm(double r, double alpha, double s, double beta)
    {
        var model = new ParetoNbdModel(r, alpha, s, beta);
        foreach (var history in Histories)
        {
            var (x, tx, age) = (history.Frequency, history.Recency, history.Age);
            var (greater, second) = alpha >= beta ? (alpha, s + 1) : (beta, r + x);
            double Term(double t) =>
                Series(r + s + x, second, r + s + x + 1, Math.Abs(alpha - beta) / (greater + t)) / Math.Pow(greater + t, r + s + x);
            var bracket = Math.Pow(alpha + age, -(r + x)) * Math.Pow(beta + age, -s)
                + (s / (r + s + x) * (Term(tx) - Term(age)));
            var expected = SpecialFunctions.GammaLn(r + x) - SpecialFunctions.GammaLn(r)
                + (r * Math.Log(alpha)) + (s * Math.Log(beta)) + Math.Log(bracket);

            Near.Absolute(expected, model.LogLikelihood(history), 1e-9);
        }
    }

    private static double Series(double a, double b, double c, double z)
    {
        var (sum, term) = (0.0, 1.0);
        for (var j = 0; term > 1e-18 * sum; j++)
        {
            sum += term;
            term *= (a + j) * (b + j) / ((c + j) * (j + 1)) * z;
        }

        return sum;
    }

    private static double Likelihood(ParetoNbdModel model, PurchaseHistory history) =>
        WhileAlive(model, history, (_, _) => 1)
        + Mixing.OverGamma(model.R, model.Alpha, lambda => Mixing.OverGamma(model.S, model.Beta, mu =>
            Math.Pow(lambda, history.Frequency) * mu / (lambda + mu)
            * (Math.Exp(-(lambda + mu) * history.Recency) - Math.Exp(-(lambda + mu) * history.Age))));

    private static double WhileAlive(ParetoNbdModel model, PurchaseHistory history, Func<double, double, double> value) =>
        Mixing.OverGamma(model.R, model.Alpha, lambda => Mixing.OverGamma(model.S, model.Beta, mu =>
            Math.Pow(lambda, history.Frequency) * Math.Exp(-(lambda + mu) * history.Age) * value(lambda, mu)));
}
