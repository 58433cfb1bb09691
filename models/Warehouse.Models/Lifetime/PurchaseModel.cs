using Warehouse.Models.Lifetime.BetaGeometric;
using Warehouse.Models.Lifetime.Numerics;
using Warehouse.Models.Lifetime.ParetoNbd;

namespace Warehouse.Models.Lifetime;

/// <summary>
/// A model of purchases at any time by customers who come, buy at a rate of their own, and leave unseen. Times are in the
/// unit that the parameters were fitted in. Every value is finite. Models do not change and may be shared between
/// threads.
/// </summary>
public abstract class PurchaseModel
{
    /// <summary>Which model it is.</summary>
    public abstract LifetimeModelKind Kind { get; }

    /// <summary>The log-likelihood of one customer's history.</summary>
    public abstract double LogLikelihood(PurchaseHistory history);

    /// <summary>
    /// P(alive | x, t_x, T): the probability that the customer has not left by the end of observation. See
    /// <see cref="ProbabilityAliveRanks"/> before ordering customers by it.
    /// </summary>
    public abstract double ProbabilityAlive(PurchaseHistory history);

    /// <summary>
    /// E[X(t)]: repeat purchases that a customer of whom nothing is known yet makes in (0, t] after his first.
    /// </summary>
    /// <param name="duration">t, from 0.</param>
    public abstract double ExpectedPurchases(double duration);

    /// <summary>E[Y(t) | x, t_x, T]: purchases expected of a customer in (T, T + t].</summary>
    /// <param name="history">His history until T.</param>
    /// <param name="horizon">t, from 0.</param>
    public abstract double ConditionalExpectedPurchases(PurchaseHistory history, double horizon);

    /// <summary>P(X(t) = n): the probability that a new customer makes exactly n repeat purchases in (0, t].</summary>
    /// <param name="count">n, from 0.</param>
    /// <param name="duration">t, from 0.</param>
    public abstract double ProbabilityOfPurchases(int count, double duration);

    /// <summary>
    /// DERT: purchases expected of a customer after T, without end, each discounted by e^(-δs) when it comes s after T.
    /// </summary>
    /// <param name="history">His history until T.</param>
    /// <param name="discountRate">δ above 0, continuous, per unit of time (see <see cref="DiscountRate"/>).</param>
    public abstract double DiscountedExpectedResidualTransactions(PurchaseHistory history, double discountRate);

    /// <summary>The time on whose scale the customer's expected purchases bend with the horizon.</summary>
    private protected abstract double TimeScale(PurchaseHistory history);

    /// <summary>
    /// Whether P(alive) says anything of this customer against others: only once he has a repeat purchase. Without one
    /// BG/NBD says 1, however long ago he bought (he can leave only after a repeat purchase), and the other models know
    /// nothing but his age. Ranking churn by 1 - P(alive) over all customers is worse than chance on the CDNOW
    /// sample (AUC .316); <see cref="ConditionalExpectedPurchases(PurchaseHistory, double)"/> ranks them all (.7725).
    /// </summary>
    public static bool ProbabilityAliveRanks(PurchaseHistory history) => history.Frequency > 0;

    /// <summary>
    /// As <see cref="DiscountedExpectedResidualTransactions(PurchaseHistory, double)"/>, for the purchases in (T, T + t] only.
    /// </summary>
    /// <param name="history">His history until T.</param>
    /// <param name="horizon">t, from 0.</param>
    /// <param name="discountRate">δ from 0, continuous, per unit of time.</param>
    public double DiscountedExpectedPurchases(PurchaseHistory history, double horizon, double discountRate)
    {
        Require.NotNegative(discountRate);
        var atHorizon = ConditionalExpectedPurchases(history, horizon);
        return discountRate == 0 || horizon == 0
            ? atHorizon
            : FiniteHorizon.Discount(this, history, horizon, discountRate, TimeScale(history), atHorizon);
    }

    /// <summary>
    /// <see cref="ConditionalExpectedPurchases(PurchaseHistory, double)"/> of many customers, on all cores, without allocating
    /// for any of them.
    /// </summary>
    /// <param name="histories">The customers.</param>
    /// <param name="horizon">t, from 0.</param>
    /// <param name="results">One place per customer.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores.</param>
    public void ConditionalExpectedPurchases(
        ReadOnlyMemory<PurchaseHistory> histories,
        double horizon,
        Memory<double> results,
        ParallelOptions? parallel = null) =>
        Bulk.Map(histories, results, history => ConditionalExpectedPurchases(history, horizon), parallel);

    /// <summary><see cref="ProbabilityAlive(PurchaseHistory)"/> of many customers, on all cores.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="results">One place per customer.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores.</param>
    public void ProbabilityAlive(
        ReadOnlyMemory<PurchaseHistory> histories, Memory<double> results, ParallelOptions? parallel = null) =>
        Bulk.Map(histories, results, ProbabilityAlive, parallel);

    /// <summary><see cref="DiscountedExpectedResidualTransactions(PurchaseHistory, double)"/> of many customers, on all cores.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="discountRate">δ above 0, continuous, per unit of time.</param>
    /// <param name="results">One place per customer.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores.</param>
    public void DiscountedExpectedResidualTransactions(
        ReadOnlyMemory<PurchaseHistory> histories,
        double discountRate,
        Memory<double> results,
        ParallelOptions? parallel = null) =>
        Bulk.Map(histories, results, history => DiscountedExpectedResidualTransactions(history, discountRate), parallel);

    /// <summary>The model of a fit.</summary>
    /// <exception cref="ArgumentException">The fit is not of a purchase model, or has no parameters (too little data).</exception>
    public static PurchaseModel Of(LifetimeFit fit) => Of(fit.Kind, fit.ParametersOf(fit.Kind));

    /// <summary>Fits one of the purchase models by maximum likelihood.</summary>
    /// <exception cref="ArgumentException">The kind is not a purchase model.</exception>
    public static LifetimeFit Fit(LifetimeModelKind kind, SufficientStatistics statistics, ParallelOptions? parallel = null) => kind switch
    {
        LifetimeModelKind.BgNbd => BgNbdModel.Fit(statistics, parallel),
        LifetimeModelKind.MbgNbd => MbgNbdModel.Fit(statistics, parallel),
        LifetimeModelKind.ParetoNbd => ParetoNbdModel.Fit(statistics, parallel),
        _ => throw new ArgumentException($"{kind.Name()} is not a model of purchases at any time.", nameof(kind)),
    };

    internal static PurchaseModel Of(LifetimeModelKind kind, ReadOnlySpan<double> parameters) => kind switch
    {
        LifetimeModelKind.BgNbd => new BgNbdModel(parameters[0], parameters[1], parameters[2], parameters[3]),
        LifetimeModelKind.MbgNbd => new MbgNbdModel(parameters[0], parameters[1], parameters[2], parameters[3]),
        LifetimeModelKind.ParetoNbd => new ParetoNbdModel(parameters[0], parameters[1], parameters[2], parameters[3]),
        _ => throw new ArgumentException($"{kind.Name()} is not a model of purchases at any time.", nameof(kind)),
    };
}
