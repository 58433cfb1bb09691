using MathNet.Numerics.Random;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime;

/// <summary>An expected value and the interval in which it lies as far as the parameters are known.</summary>
/// <param name="Expected">At the parameters estimated.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end; infinite where many draws have no mean spend.</param>
/// <param name="Level">Share of the draws between them: .95.</param>
public sealed record ValueInterval(double Expected, double Low, double High, double Level);

/// <summary>
/// How well the data determine lifetime values: parameters are drawn from the asymptotic normal distribution of their
/// logarithms, and the value computed with each draw. The interval is of the expected value; what a single customer will
/// actually spend varies far more. The same seed gives the same interval.
/// </summary>
public sealed class LifetimeValueUncertainty
{
    private readonly LifetimeValuation estimate;
    private readonly LifetimeValuation[] draws;

    /// <summary>Draws the parameters of both models.</summary>
    /// <param name="purchases">Fit of a purchase model.</param>
    /// <param name="spend">Fit of Gamma-Gamma.</param>
    /// <param name="terms">What is counted as value.</param>
    /// <param name="draws">How many: 1,000 give the ends of a 95 % interval to a few per cent of its length.</param>
    /// <param name="seed">Of the random numbers.</param>
    /// <exception cref="ArgumentException">A fit has no covariance: its likelihood is flat or the data too few.</exception>
    public LifetimeValueUncertainty(LifetimeFit purchases, LifetimeFit spend, ValuationTerms terms, int draws, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var random = new MersenneTwister(seed, threadSafe: false);
        var ofPurchases = new ParameterDraws(purchases);
        var ofSpend = new ParameterDraws(spend);
        estimate = new LifetimeValuation(PurchaseModel.Of(purchases), GammaGammaModel.Of(spend), terms);
        this.draws = new LifetimeValuation[draws];
        for (var i = 0; i < draws; i++)
        {
            var spendParameters = ofSpend.Next(random);
            this.draws[i] = new LifetimeValuation(
                PurchaseModel.Of(purchases.Kind, ofPurchases.Next(random)),
                new GammaGammaModel(spendParameters[0], spendParameters[1], spendParameters[2]),
                terms);
        }
    }

    /// <summary>The value of one customer. It costs as many valuations as there are draws.</summary>
    public ValueInterval Of(ValuedCustomer customer, double level = 0.95) =>
        Interval(estimate.Value(customer), [.. draws.Select(draw => draw.Value(customer))], level);

    /// <summary>
    /// The value of all customers together. It costs as many valuations of each as there are draws: pass a sample of a large
    /// base.
    /// </summary>
    /// <param name="customers">The customers.</param>
    /// <param name="level">Share of the draws in the interval.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores.</param>
    public ValueInterval OfTotal(ReadOnlyMemory<ValuedCustomer> customers, double level = 0.95, ParallelOptions? parallel = null)
    {
        var values = new double[customers.Length];
        return Interval(Total(estimate), [.. draws.Select(Total)], level);

        double Total(LifetimeValuation valuation)
        {
            valuation.Value(customers, values, parallel);
            return values.Sum();
        }
    }

    private static ValueInterval Interval(double expected, double[] values, double level)
    {
        Array.Sort(values);
        return new ValueInterval(expected, At((1 - level) / 2), At((1 + level) / 2), level);

        double At(double share) => values[Math.Clamp((int)Math.Ceiling(share * values.Length) - 1, 0, values.Length - 1)];
    }
}
