using MathNet.Numerics;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.GammaGamma;

/// <summary>
/// The Gamma-Gamma model of spend per purchase.
/// <para>Fader, P. S. and B. G. S. Hardie (2013): The Gamma-Gamma Model of Monetary Value; Fader, P. S., B. G. S. Hardie and
/// K. L. Lee (2005): RFM and CLV: Using Iso-Value Curves for Customer Base Analysis. Journal of Marketing Research 42 (4),
/// 415-430; after Colombo, R. and W. Jiang (1999): A Stochastic RFM Model. Journal of Interactive Marketing 13 (3), 2-12.</para>
/// <para>Assumptions:</para>
/// <list type="number">
/// <item>A customer's spend on a purchase is gamma(p, ν): it varies around his own mean p/ν.</item>
/// <item>ν differs between customers as gamma(q, v).</item>
/// <item>Spend does not depend on how often or how lately he buys. Check it: the correlation of x and mean spend should
/// be small.</item>
/// </list>
/// <para>Symbols: x purchases with mean spend m, as in <see cref="SpendHistory"/>.</para>
/// </summary>
/// <param name="p">Above 0.</param>
/// <param name="q">Above 0.</param>
/// <param name="v">Above 0, money.</param>
public sealed class GammaGammaModel(double p, double q, double v)
{
    /// <summary>p: shape of the gamma distribution of a customer's spend.</summary>
    public double P { get; } = Require.Positive(p);

    /// <summary>q: shape of the gamma distribution of ν.</summary>
    public double Q { get; } = Require.Positive(q);

    /// <summary>v: rate parameter of the gamma distribution of ν, in money.</summary>
    public double V { get; } = Require.Positive(v);

    /// <summary>
    /// E[M] = pv/(q-1): mean spend of a customer of whom nothing is known. Null where q ≤ 1: the mean does not exist.
    /// </summary>
    public double? PopulationMean => Q > 1 ? P * V / (Q - 1) : null;

    /// <summary>Fits p, q and v by maximum likelihood.</summary>
    /// <param name="statistics">The customers.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores. The cores change no bit of the result.</param>
    public static LifetimeFit Fit(SpendStatistics statistics, ParallelOptions? parallel = null)
    {
        parallel ??= new ParallelOptions();
        return statistics.Shortcoming() is { } reason
            ? LifetimeFit.OfTooLittle(LifetimeModelKind.GammaGamma, reason, statistics.Customers, statistics.Cells)
            : MaximumLikelihood.Fit(
                LifetimeModelKind.GammaGamma,
                new GammaGammaLikelihood(statistics, parallel),
                statistics.Customers,
                statistics.Cells,
                parallel.CancellationToken);
    }

    /// <summary>The model of a fit.</summary>
    /// <exception cref="ArgumentException">The fit is not of Gamma-Gamma, or has no parameters (too little data).</exception>
    public static GammaGammaModel Of(LifetimeFit fit)
    {
        var parameters = fit.ParametersOf(LifetimeModelKind.GammaGamma);
        return new GammaGammaModel(parameters[0], parameters[1], parameters[2]);
    }

    /// <summary>The log-density of one customer's mean spend given the number of his purchases.</summary>
    /// <remarks>(1a) of Fader and Hardie (2013).</remarks>
    public double LogLikelihood(SpendHistory history)
    {
        var (shape, spent) = (P * history.Purchases, history.Purchases * history.MeanSpend);
        return LogGamma.Difference(shape, Q)
            - SpecialFunctions.GammaLn(Q)
            - (shape * SpecialFunctions.Log1p(V / spent))
            - (Q * SpecialFunctions.Log1p(spent / V))
            - Math.Log(history.MeanSpend);
    }

    /// <summary>
    /// E[M | x, m] = p (v + xm) / (px + q - 1): the customer's own mean spend, drawn towards the population's the more
    /// the fewer his purchases. Infinite where px + q ≤ 1, as the mean then is; never so with x ≥ 1 and p ≥ 1.
    /// </summary>
    /// <param name="history">His purchases; <see cref="SpendHistory.Unknown"/> gives the population's mean.</param>
    /// <remarks>(5) of Fader and Hardie (2013).</remarks>
    public double ConditionalExpectedSpend(SpendHistory history)
    {
        var excess = (P * history.Purchases) + Q - 1;
        return excess > 0
            ? P * (V + (history.Purchases * history.MeanSpend)) / excess
            : double.PositiveInfinity;
    }

    /// <summary><see cref="ConditionalExpectedSpend(SpendHistory)"/> of many customers, on all cores.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="results">One place per customer.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores.</param>
    public void ConditionalExpectedSpend(
        ReadOnlyMemory<SpendHistory> histories, Memory<double> results, ParallelOptions? parallel = null) =>
        Bulk.Map(histories, results, ConditionalExpectedSpend, parallel);
}
