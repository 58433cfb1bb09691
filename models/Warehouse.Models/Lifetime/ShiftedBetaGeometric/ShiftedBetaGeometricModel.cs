using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.ShiftedBetaGeometric;

/// <summary>
/// The shifted-beta-geometric model of contracts that are renewed or ended at the end of each period.
/// <para>Fader, P. S. and B. G. S. Hardie (2007): How to Project Customer Retention. Journal of Interactive Marketing
/// 21 (1), 76-90; expected lifetimes in Fader, P. S. and B. G. S. Hardie (2010): Customer-Base Valuation in a Contractual
/// Setting: The Perils of Ignoring Heterogeneity. Marketing Science 29 (1), 85-93.</para>
/// <para>Assumptions:</para>
/// <list type="number">
/// <item>At the end of each period a customer ends his contract with a probability θ of his own that never changes.</item>
/// <item>θ differs between customers as beta(α, β).</item>
/// </list>
/// <para>Retention rises with age all the same: those with a large θ leave first.</para>
/// <para>Symbols: t counts periods; T is the period in which the contract ends; S(t) is the share that still runs after
/// t periods.</para>
/// </summary>
/// <param name="alpha">Above 0.</param>
/// <param name="beta">Above 0.</param>
public sealed class ShiftedBetaGeometricModel(double alpha, double beta)
{
    /// <summary>α: the beta distribution of θ has mean α/(α+β).</summary>
    public double Alpha { get; } = Require.Positive(alpha);

    /// <summary>β: see <see cref="Alpha"/>.</summary>
    public double Beta { get; } = Require.Positive(beta);

    /// <summary>Fits alpha and beta by maximum likelihood.</summary>
    public static LifetimeFit Fit(ContractStatistics statistics, CancellationToken cancellationToken = default) =>
        statistics.Shortcoming() is { } reason
            ? LifetimeFit.OfTooLittle(LifetimeModelKind.ShiftedBetaGeometric, reason, statistics.Contracts, statistics.Cells)
            : MaximumLikelihood.Fit(
                LifetimeModelKind.ShiftedBetaGeometric,
                new ShiftedBetaGeometricLikelihood(statistics),
                statistics.Contracts,
                statistics.Cells,
                cancellationToken);

    /// <summary>The model of a fit.</summary>
    /// <exception cref="ArgumentException">The fit is not of this model, or has no parameters (too little data).</exception>
    public static ShiftedBetaGeometricModel Of(LifetimeFit fit)
    {
        var parameters = fit.ParametersOf(LifetimeModelKind.ShiftedBetaGeometric);
        return new ShiftedBetaGeometricModel(parameters[0], parameters[1]);
    }

    /// <summary>P(T = t) = B(α+1, β+t-1)/B(α, β): the probability that a new contract ends with its t-th period.</summary>
    /// <param name="period">t, from 1.</param>
    public double ProbabilityOfEnd(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        return Survival(period - 1) * (1 - Retention(period));
    }

    /// <summary>S(t) = B(α, β+t)/B(α, β): the probability that a new contract runs beyond its t-th period.</summary>
    /// <param name="period">t, from 0.</param>
    public double Survival(int period)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(period);
        return Math.Exp(LogGamma.Difference(Beta, period) - LogGamma.Difference(Alpha + Beta, period));
    }

    /// <summary>r(t) = S(t)/S(t-1) = (β+t-1)/(α+β+t-1): the share of those who had t - 1 renewals that renews again.</summary>
    /// <param name="period">t, from 1.</param>
    public double Retention(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        return (Beta + period - 1) / (Alpha + Beta + period - 1);
    }

    /// <summary>DEL: periods that a new contract is expected to run, the i-th after the first divided by (1 + d)ⁱ.</summary>
    /// <param name="discountRate">d above 0, per period (see <see cref="DiscountRate.PerOccasion"/>).</param>
    /// <remarks>Fader and Hardie (2010), Σ S(t)/(1+d)ᵗ from t = 0.</remarks>
    public double DiscountedExpectedLifetime(double discountRate)
    {
        Require.Positive(discountRate);
        return Hypergeometric.UnitNumerator(Beta, Alpha + Beta, 1 / (1 + discountRate));
    }

    /// <summary>
    /// DERL: periods that a contract is expected to run on which has been renewed n - 1 times and is up for its n-th
    /// renewal, the first of them not discounted.
    /// </summary>
    /// <param name="period">n, from 1.</param>
    /// <param name="discountRate">d above 0, per period.</param>
    /// <remarks>Fader and Hardie (2010), Σ S(t)/S(n-1) (1+d)^(n-t) from t = n.</remarks>
    public double DiscountedExpectedResidualLifetime(int period, double discountRate)
    {
        Require.Positive(discountRate);
        return Retention(period) * Hypergeometric.UnitNumerator(Beta + period, Alpha + Beta + period, 1 / (1 + discountRate));
    }
}
