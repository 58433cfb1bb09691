using MathNet.Numerics;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.BetaGeometric;

/// <summary>
/// What BG/NBD and MBG/NBD share: purchases at a gamma-distributed rate, and after a purchase a beta-distributed
/// chance to leave. They differ in whether the first purchase may be the last one.
/// </summary>
public abstract class BetaGeometricModel : PurchaseModel
{
    private readonly PurchasesUntilDropout remaining;

    private protected BetaGeometricModel(double r, double alpha, double a, double b)
    {
        (R, Alpha, A, B) = (Require.Positive(r), Require.Positive(alpha), Require.Positive(a), Require.Positive(b));
        remaining = new PurchasesUntilDropout(a, b);
    }

    /// <summary>r: shape of the gamma distribution of purchase rates λ.</summary>
    public double R { get; }

    /// <summary>α: rate parameter of that distribution, a time; the mean rate is r/α.</summary>
    public double Alpha { get; }

    /// <summary>a: the beta distribution of the chance p to leave after a purchase has mean a/(a+b).</summary>
    public double A { get; }

    /// <summary>b: see <see cref="A"/>.</summary>
    public double B { get; }

    /// <summary>Purchases before the first repeat purchase after which a customer may leave: 0 or 1.</summary>
    private protected abstract int PurchasesBeforeFirstRepeat { get; }

    /// <inheritdoc/>
    /// <remarks>Fader, Hardie and Lee (2005), (6).</remarks>
    public override double LogLikelihood(PurchaseHistory history)
    {
        var m = R + history.Frequency;
        var n = Survived(history.Frequency);
        return LogGamma.Difference(R, history.Frequency)
            + (R * Math.Log(Alpha))
            + LogSurvival(n)
            - (m * Math.Log(Alpha + history.Age))
            + LogSum.OnePlusExp(LogOddsLeft(history));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Fader, Hardie and Lee (2008): Computing P(alive) Using the BG/NBD Model; for MBG/NBD Batislam, Denizel and Filiztekin
    /// (2007).
    /// </remarks>
    public override double ProbabilityAlive(PurchaseHistory history) => 1 / (1 + Math.Exp(LogOddsLeft(history)));

    /// <inheritdoc/>
    /// <remarks>(9) of Fader, Hardie and Lee (2005), summed without its singularities (see <see cref="PurchasesUntilDropout"/>).</remarks>
    public override double ExpectedPurchases(double duration)
    {
        var n = PurchasesBeforeFirstRepeat;
        return Math.Exp(LogSurvival(n)) * remaining.Expected(R, Require.NotNegative(duration) / Alpha, n);
    }

    /// <inheritdoc/>
    /// <remarks>(10) of Fader, Hardie and Lee (2005), summed without its singularities (see <see cref="PurchasesUntilDropout"/>).</remarks>
    public override double ConditionalExpectedPurchases(PurchaseHistory history, double horizon) =>
        ProbabilityAlive(history) * remaining.Expected(
            R + history.Frequency, Require.NotNegative(horizon) / (Alpha + history.Age), Survived(history.Frequency));

    /// <inheritdoc/>
    /// <remarks>
    /// (8) of Fader, Hardie and Lee (2005): alive after n purchases of a negative binomial, or gone with the n-th, of
    /// which the sum there is the upper tail, here an incomplete beta function.
    /// </remarks>
    public override double ProbabilityOfPurchases(int count, double duration)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (Require.NotNegative(duration) == 0)
        {
            return count == 0 ? 1 : 0;
        }

        var z = duration / (Alpha + duration);
        var survived = Survived(count);
        var exactly = Math.Exp(
            LogGamma.Difference(R, count)
            - SpecialFunctions.FactorialLn(count)
            - (R * SpecialFunctions.Log1p(duration / Alpha))
            + (count * Math.Log(z)));
        var atLeast = count == 0 ? 1 : SpecialFunctions.BetaRegularized(count, R, z);
        var leftAtLast = survived == 0 ? 0 : Math.Exp(LogSurvival(survived - 1)) * A / (A + B + survived - 1);
        return (Math.Exp(LogSurvival(survived)) * exactly) + (leftAtLast * atLeast);
    }

    /// <inheritdoc/>
    /// <remarks>Numerical: the mean of λ/(δ+λp) over the customer's posterior distributions (see <see cref="DiscountedPurchases"/>).</remarks>
    public override double DiscountedExpectedResidualTransactions(PurchaseHistory history, double discountRate)
    {
        Require.Positive(discountRate);
        return ProbabilityAlive(history) * remaining.Discounted(
            R + history.Frequency, discountRate * (Alpha + history.Age), Survived(history.Frequency));
    }

    private protected override double TimeScale(PurchaseHistory history) => Alpha + history.Age;

    /// <summary>ln of P(left at t_x) / P(alive at T).</summary>
    private double LogOddsLeft(PurchaseHistory history)
    {
        var n = Survived(history.Frequency);
        return n == 0
            ? double.NegativeInfinity
            : Math.Log(A / (B + n - 1))
                + ((R + history.Frequency) * SpecialFunctions.Log1p((history.Age - history.Recency) / (Alpha + history.Recency)));
    }

    private int Survived(int frequency) => frequency + PurchasesBeforeFirstRepeat;

    /// <summary>ln B(a, b+n)/B(a, b): the probability to survive n purchases.</summary>
    private double LogSurvival(int n) => LogGamma.Difference(B, n) - LogGamma.Difference(A + B, n);
}
