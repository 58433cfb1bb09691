namespace Warehouse.Models.Lifetime.BetaGeometric;

/// <summary>
/// The modified beta-geometric/NBD model: BG/NBD in which the first purchase, too, may be the last.
/// <para>Batislam, E. P., M. Denizel and A. Filiztekin (2007): Empirical Validation and Comparison of Models for Customer
/// Base Analysis. International Journal of Research in Marketing 24 (3), 201-209; the same model as CBG/NBD: Hoppe, D.
/// and U. Wagner (2007): Customer Base Analysis: The Case for a Central Variant of the Betageometric/NBD Model. Marketing
/// JRM 3 (2), 75-90.</para>
/// <para>Assumptions: those of <see cref="BgNbdModel"/>, but a customer may leave with probability p after each purchase,
/// the first included. So P(alive) is below 1 without a repeat purchase, and then a function of T alone.</para>
/// </summary>
/// <param name="r">Above 0.</param>
/// <param name="alpha">Above 0, a time.</param>
/// <param name="a">Above 0.</param>
/// <param name="b">Above 0.</param>
public sealed class MbgNbdModel(double r, double alpha, double a, double b) : BetaGeometricModel(r, alpha, a, b)
{
    /// <inheritdoc/>
    public override LifetimeModelKind Kind => LifetimeModelKind.MbgNbd;

    private protected override int PurchasesBeforeFirstRepeat => 1;

    /// <summary>Fits r, alpha, a and b by maximum likelihood.</summary>
    /// <param name="statistics">The customers.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores. The cores change no bit of the result.</param>
    public static LifetimeFit Fit(SufficientStatistics statistics, ParallelOptions? parallel = null) =>
        statistics.Fit(
            LifetimeModelKind.MbgNbd,
            options => new BetaGeometricLikelihood(statistics, purchasesBeforeFirstRepeat: 1, options),
            parallel);
}
