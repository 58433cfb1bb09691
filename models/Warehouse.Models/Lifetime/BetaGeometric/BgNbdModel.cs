namespace Warehouse.Models.Lifetime.BetaGeometric;

/// <summary>
/// The beta-geometric/NBD model.
/// <para>Fader, P. S., B. G. S. Hardie and K. L. Lee (2005): "Counting Your Customers" the Easy Way: An Alternative to the
/// Pareto/NBD Model. Marketing Science 24 (2), 275-284.</para>
/// <para>Assumptions:</para>
/// <list type="number">
/// <item>While alive, a customer buys as a Poisson process of rate λ.</item>
/// <item>λ differs between customers as gamma(r, α).</item>
/// <item>After each repeat purchase he leaves for good with probability p. (Not after the first purchase: hence
/// P(alive) = 1 for all who have no repeat purchase.)</item>
/// <item>p differs between customers as beta(a, b).</item>
/// <item>λ and p are independent.</item>
/// </list>
/// <para>Symbols: x, t_x, T as in <see cref="PurchaseHistory"/>.</para>
/// </summary>
/// <param name="r">Above 0.</param>
/// <param name="alpha">Above 0, a time.</param>
/// <param name="a">Above 0.</param>
/// <param name="b">Above 0.</param>
public sealed class BgNbdModel(double r, double alpha, double a, double b) : BetaGeometricModel(r, alpha, a, b)
{
    /// <inheritdoc/>
    public override LifetimeModelKind Kind => LifetimeModelKind.BgNbd;

    private protected override int PurchasesBeforeFirstRepeat => 0;

    /// <summary>Fits r, alpha, a and b by maximum likelihood.</summary>
    /// <param name="statistics">The customers.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores. The cores change no bit of the result.</param>
    public static LifetimeFit Fit(SufficientStatistics statistics, ParallelOptions? parallel = null) =>
        statistics.Fit(
            LifetimeModelKind.BgNbd,
            options => new BetaGeometricLikelihood(statistics, purchasesBeforeFirstRepeat: 0, options),
            parallel);
}
