using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.ParetoNbd;

/// <summary>
/// The Pareto/NBD model.
/// <para>Schmittlein, D. C., D. G. Morrison and R. Colombo (1987): Counting Your Customers: Who Are They and What Will They
/// Do Next? Management Science 33 (1), 1-24. Likelihood and expectations as derived in Fader, P. S. and B. G. S. Hardie
/// (2005): A Note on Deriving the Pareto/NBD Model and Related Expressions; DERT in Fader, P. S., B. G. S. Hardie and
/// K. L. Lee (2005): RFM and CLV: Using Iso-Value Curves for Customer Base Analysis. Journal of Marketing Research 42 (4),
/// 415-430.</para>
/// <para>Assumptions:</para>
/// <list type="number">
/// <item>While alive, a customer buys as a Poisson process of rate λ.</item>
/// <item>λ differs between customers as gamma(r, α).</item>
/// <item>A customer's life, unobserved, is exponential with rate μ: he may leave at any time.</item>
/// <item>μ differs between customers as gamma(s, β).</item>
/// <item>λ and μ are independent.</item>
/// </list>
/// <para>Symbols: x, t_x, T as in <see cref="PurchaseHistory"/>.</para>
/// </summary>
/// <param name="r">Above 0.</param>
/// <param name="alpha">Above 0, a time.</param>
/// <param name="s">Above 0.</param>
/// <param name="beta">Above 0, a time.</param>
public sealed class ParetoNbdModel(double r, double alpha, double s, double beta) : PurchaseModel
{
    private const double PanelLength = 1;

    /// <inheritdoc/>
    public override LifetimeModelKind Kind => LifetimeModelKind.ParetoNbd;

    /// <summary>r: shape of the gamma distribution of purchase rates λ.</summary>
    public double R { get; } = Require.Positive(r);

    /// <summary>α: rate parameter of that distribution, a time; the mean rate is r/α.</summary>
    public double Alpha { get; } = Require.Positive(alpha);

    /// <summary>s: shape of the gamma distribution of dropout rates μ.</summary>
    public double S { get; } = Require.Positive(s);

    /// <summary>β: rate parameter of that distribution, a time; the mean rate is s/β.</summary>
    public double Beta { get; } = Require.Positive(beta);

    /// <summary>Fits r, alpha, s and beta by maximum likelihood.</summary>
    /// <param name="statistics">The customers.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores. The cores change no bit of the result.</param>
    public static LifetimeFit Fit(SufficientStatistics statistics, ParallelOptions? parallel = null) =>
        statistics.Fit(LifetimeModelKind.ParetoNbd, options => new ParetoNbdLikelihood(statistics, options), parallel);

    /// <inheritdoc/>
    /// <remarks>Fader and Hardie (2005), section 3.</remarks>
    public override double LogLikelihood(PurchaseHistory history) =>
        LogGamma.Difference(R, history.Frequency)
        + (R * Math.Log(Alpha))
        + (S * Math.Log(Beta))
        - ((R + history.Frequency) * Math.Log(Alpha + history.Age))
        - (S * Math.Log(Beta + history.Age))
        + LogSum.OnePlusExp(LogOddsDead(history));

    /// <inheritdoc/>
    /// <remarks>Fader and Hardie (2005), section 5, (36) and (37), in the form of <see cref="DeathIntegral"/>.</remarks>
    public override double ProbabilityAlive(PurchaseHistory history) => 1 / (1 + Math.Exp(LogOddsDead(history)));

    /// <inheritdoc/>
    /// <remarks>Fader and Hardie (2005), (27).</remarks>
    public override double ExpectedPurchases(double duration) => R / Alpha * ExpectedLife(Beta, Require.NotNegative(duration));

    /// <inheritdoc/>
    /// <remarks>Fader and Hardie (2005), (41).</remarks>
    public override double ConditionalExpectedPurchases(PurchaseHistory history, double horizon) =>
        ProbabilityAlive(history)
        * (R + history.Frequency) / (Alpha + history.Age)
        * ExpectedLife(Beta + history.Age, Require.NotNegative(horizon));

    /// <inheritdoc/>
    /// <remarks>
    /// Fader and Hardie (2006), "Deriving an Expression for P(X(t)=x) Under the Pareto/NBD Model": alive at t after n
    /// purchases, or dead at some time τ before with n until then. The integral over τ is taken numerically, in
    /// u = ln(1 + τ/min(α, β)): all its terms are positive.
    /// </remarks>
    public override double ProbabilityOfPurchases(int count, double duration)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (Require.NotNegative(duration) == 0)
        {
            return count == 0 ? 1 : 0;
        }

        var logNorm = LogGamma.Difference(R, count) - SpecialFunctions.FactorialLn(count);
        var alive = Math.Exp(
            logNorm
            - (R * SpecialFunctions.Log1p(duration / Alpha))
            + (count * Math.Log(duration / (Alpha + duration)))
            - (S * SpecialFunctions.Log1p(duration / Beta)));
        var scale = Math.Min(Alpha, Beta);
        var end = SpecialFunctions.Log1p(duration / scale);
        var panels = Math.Max((int)Math.Ceiling(end / PanelLength), 2);
        var deaths = new PurchasesUntilDeath(R, Alpha, S, Beta, count, logNorm, scale);
        return alive + GaussLegendre.Integrate(deaths, 0, end, panels);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Fader, Hardie and Lee (2005): given that he is alive, λ and μ are independent gammas, and DERT is
    /// E[λ] E[1/(μ+δ)], the latter with Tricomi's function, here as an exponential integral.
    /// </remarks>
    public override double DiscountedExpectedResidualTransactions(PurchaseHistory history, double discountRate)
    {
        Require.Positive(discountRate);
        var age = Beta + history.Age;
        return ProbabilityAlive(history)
            * (R + history.Frequency) / (Alpha + history.Age)
            * age * ExponentialIntegral.Scaled(S, discountRate * age);
    }

    private protected override double TimeScale(PurchaseHistory history) => Beta + history.Age;

    private double LogOddsDead(PurchaseHistory history) =>
        DeathIntegral.Of(R + history.Frequency, Alpha, S, Beta, history.Recency, history.Age).LogOdds;

    /// <summary>
    /// Time that a customer alive at the start is expected to live within a duration, μ ~ gamma(s, rate):
    /// rate/(s-1) (1 - (rate/(rate+t))^(s-1)), also where s is 1.
    /// </summary>
    private double ExpectedLife(double rate, double duration)
    {
        var growth = SpecialFunctions.Log1p(duration / rate);
        var exponent = (S - 1) * growth;
        return exponent == 0 ? rate * growth : rate * growth * (-ExpMinusOne.Of(-exponent) / exponent);
    }

    /// <summary>P(n purchases by τ) times the density of a death at τ, in u = ln(1 + τ/scale).</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct PurchasesUntilDeath(
        double r, double alpha, double s, double beta, int count, double logNorm, double scale) : IIntegrand
    {
        public Vector256<double> At(Vector256<double> u)
        {
            var time = (Vector256.Exp(u) - Vector256<double>.One) * scale;
            var bought = count == 0
                ? Vector256<double>.Zero
                : Vector256.Log(time / (time + Vector256.Create(alpha))) * count;
            var none = Vector256.Log(Vector256<double>.One + (time / alpha)) * r;
            var alive = Vector256.Log(Vector256<double>.One + (time / beta)) * (s + 1);
            return Vector256.Exp(Vector256.Create(logNorm + Math.Log(s * scale / beta)) + bought - none - alive + u);
        }
    }
}
