using MathNet.Numerics;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.BgBb;

/// <summary>
/// The beta-geometric/beta-Bernoulli model, for purchases that can be made only on discrete occasions: an appeal, a
/// season, a yearly cruise.
/// <para>Fader, P. S., B. G. S. Hardie and J. Shang (2010): Customer-Base Analysis in a Discrete-Time Noncontractual
/// Setting. Marketing Science 29 (6), 1086-1108.</para>
/// <para>Assumptions:</para>
/// <list type="number">
/// <item>While alive, a customer buys on each occasion with probability p.</item>
/// <item>Before each occasion he leaves for good with probability θ.</item>
/// <item>p differs between customers as beta(α, β), θ as beta(γ, δ), independently.</item>
/// </list>
/// <para>Symbols: x, t_x, n as in <see cref="OccasionHistory"/>. The first purchase, at occasion 0, is not counted.</para>
/// </summary>
/// <param name="alpha">Above 0.</param>
/// <param name="beta">Above 0.</param>
/// <param name="gamma">Above 0.</param>
/// <param name="delta">Above 0.</param>
public sealed class BgBbModel(double alpha, double beta, double gamma, double delta)
{
    /// <summary>α: the beta distribution of the chance p to buy has mean α/(α+β).</summary>
    public double Alpha { get; } = Require.Positive(alpha);

    /// <summary>β: see <see cref="Alpha"/>.</summary>
    public double Beta { get; } = Require.Positive(beta);

    /// <summary>γ: the beta distribution of the chance θ to leave before an occasion has mean γ/(γ+δ).</summary>
    public double Gamma { get; } = Require.Positive(gamma);

    /// <summary>δ: see <see cref="Gamma"/>.</summary>
    public double Delta { get; } = Require.Positive(delta);

    /// <summary>Fits alpha, beta, gamma and delta by maximum likelihood.</summary>
    public static LifetimeFit Fit(OccasionStatistics statistics, CancellationToken cancellationToken = default) =>
        statistics.Shortcoming() is { } reason
            ? LifetimeFit.OfTooLittle(LifetimeModelKind.BgBb, reason, statistics.Customers, statistics.Cells)
            : MaximumLikelihood.Fit(
                LifetimeModelKind.BgBb, new BgBbLikelihood(statistics), statistics.Customers, statistics.Cells, cancellationToken);

    /// <summary>The model of a fit.</summary>
    /// <exception cref="ArgumentException">The fit is not of BG/BB, or has no parameters (too little data).</exception>
    public static BgBbModel Of(LifetimeFit fit)
    {
        var parameters = fit.ParametersOf(LifetimeModelKind.BgBb);
        return new BgBbModel(parameters[0], parameters[1], parameters[2], parameters[3]);
    }

    /// <summary>The log-likelihood of one customer's history.</summary>
    public double LogLikelihood(OccasionHistory history)
    {
        var (x, tx) = (history.Frequency, history.Recency);
        var (alive, died) = Fates(history);
        return LogGamma.Difference(Alpha, x)
            + LogGamma.Difference(Beta, tx - x)
            - LogGamma.Difference(Alpha + Beta, tx)
            + LogSurvival(tx)
            + Math.Log(alive + died);
    }

    /// <summary>
    /// P(alive at occasion n + 1 | x, t_x, n): the probability that the customer may still buy on the next occasion.
    /// </summary>
    /// <remarks>(11) of the paper.</remarks>
    public double ProbabilityAlive(OccasionHistory history) =>
        ProbabilityAliveAtLast(history) * Survival(history.Occasions);

    /// <summary>E[X(n)]: purchases that a customer of whom nothing is known yet makes on n occasions.</summary>
    /// <remarks>(8) of the paper, as the sum that it is the closed form of, which also holds at γ = 1.</remarks>
    public double ExpectedPurchases(int occasions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(occasions);
        return Alpha / (Alpha + Beta) * ExpectedOccasionsAlive(0, occasions);
    }

    /// <summary>Purchases expected of a customer on the n* occasions after the n observed.</summary>
    /// <remarks>(13) of the paper, as the sum that it is the closed form of.</remarks>
    public double ConditionalExpectedPurchases(OccasionHistory history, int occasions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(occasions);
        return ProbabilityAliveAtLast(history) * MeanPurchase(history) * ExpectedOccasionsAlive(history.Occasions, occasions);
    }

    /// <summary>P(X(n) = x): the probability that a new customer buys on exactly x of n occasions.</summary>
    /// <remarks>(7) of the paper.</remarks>
    public double ProbabilityOfPurchases(int count, int occasions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(occasions);
        if (count > occasions)
        {
            return 0;
        }

        var sum = Math.Exp(LogPurchases(count, occasions) + LogSurvival(occasions));
        for (var died = count; died < occasions; died++)
        {
            sum += Math.Exp(LogPurchases(count, died) + LogSurvival(died)) * (Gamma / (Gamma + Delta + died));
        }

        return sum;
    }

    /// <summary>
    /// DERT: purchases expected of a customer on all occasions after the n observed, that on occasion n + i divided by
    /// (1 + d)ⁱ.
    /// </summary>
    /// <param name="history">His history.</param>
    /// <param name="discountRate">d above 0, per occasion (see <see cref="DiscountRate.PerOccasion"/>).</param>
    /// <remarks>The paper's DERT, with its Gaussian hypergeometric function as a continued fraction.</remarks>
    public double DiscountedExpectedResidualTransactions(OccasionHistory history, double discountRate)
    {
        Require.Positive(discountRate);
        var z = 1 / (1 + discountRate);
        return ProbabilityAlive(history)
            * MeanPurchase(history)
            * z
            * Hypergeometric.UnitNumerator(Delta + history.Occasions + 1, Gamma + Delta + history.Occasions + 1, z);
    }

    /// <summary>P(alive at occasion n | x, t_x, n).</summary>
    private double ProbabilityAliveAtLast(OccasionHistory history)
    {
        var (alive, died) = Fates(history);
        return alive / (alive + died);
    }

    /// <summary>
    /// The likelihoods of being alive at n and of having died between t_x and n, both relative to that of being alive
    /// at t_x with these purchases: each occasion's term from the one before, none above 1.
    /// </summary>
    private (double Alive, double Died) Fates(OccasionHistory history)
    {
        var (alive, died) = (1.0, 0.0);
        for (var k = history.Recency; k < history.Occasions; k++)
        {
            died += alive * Gamma / (Gamma + Delta + k);
            alive *= Survival(k) * (Beta + k - history.Frequency) / (Alpha + Beta + k);
        }

        return (alive, died);
    }

    /// <summary>E[p | x, n, alive at n].</summary>
    private double MeanPurchase(OccasionHistory history) =>
        (Alpha + history.Frequency) / (Alpha + Beta + history.Occasions);

    /// <summary>Σ P(alive at n + i | alive at n), i from 1 to a number of occasions.</summary>
    private double ExpectedOccasionsAlive(int n, int occasions)
    {
        var (sum, survived) = (0.0, 1.0);
        for (var i = n; i < n + occasions; i++)
        {
            survived *= Survival(i);
            sum += survived;
        }

        return sum;
    }

    /// <summary>P(alive at occasion n + 1 | alive at n).</summary>
    private double Survival(int n) => (Delta + n) / (Gamma + Delta + n);

    /// <summary>ln B(γ, δ+n)/B(γ, δ): alive at occasion n.</summary>
    private double LogSurvival(int n) => LogGamma.Difference(Delta, n) - LogGamma.Difference(Gamma + Delta, n);

    /// <summary>ln of the beta-binomial probability of x purchases on n occasions of a living customer.</summary>
    private double LogPurchases(int x, int n) =>
        SpecialFunctions.BinomialLn(n, x)
        + LogGamma.Difference(Alpha, x)
        + LogGamma.Difference(Beta, n - x)
        - LogGamma.Difference(Alpha + Beta, n);
}
