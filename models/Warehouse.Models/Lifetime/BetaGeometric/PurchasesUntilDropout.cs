using MathNet.Numerics;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.BetaGeometric;

/// <summary>
/// What a customer who is alive will still buy when he may leave after every purchase. His rate is
/// λ ~ gamma(m, A), his chance to leave p ~ beta(a, b'), b' = b + n after n purchases survived.
/// <para>
/// The hypergeometric form of E[X(t)] and E[Y(t)], (9) and (10) of Fader, Hardie and Lee (2005), is 0/0 at a = 1, has a
/// pole at a + b' = 1, and loses its digits where t is short. As a mean over K, the purchases that he would make if he
/// never left, all its terms are positive: K is negative binomial, and the k-th purchase happens if he survived k - 1:
/// </para>
/// <code>E = Σₖ P(K = k) dₖ,   dₖ = Σ_{j&lt;k} (b')ⱼ/(a+b')ⱼ,   P(K = k) = (m)ₖ/k! (A/(A+t))^m (t/(A+t))^k</code>
/// </summary>
internal sealed class PurchasesUntilDropout
{
    private const int TableSize = 1024;
    private const double MostExpectedPurchases = 2000;
    private const double LongestRelativeTime = 200;
    private const double SmallestExponent = -600;
    private const double Negligible = 1e-17;
    private const double IntegrationPrecision = 1e-9;
    private const double NegligibleExponent = 40;

    /// <summary>1/k.</summary>
    private static readonly double[] Reciprocals = [.. Enumerable.Range(0, TableSize).Select(k => 1.0 / k)];

    private readonly double a;
    private readonly double b;

    /// <summary>(b+n)/(a+b+n): the chance to survive the next purchase after n.</summary>
    private readonly double[] survival;

    public PurchasesUntilDropout(double a, double b)
    {
        this.a = a;
        this.b = b;
        survival = [.. Enumerable.Range(0, TableSize).Select(n => (b + n) / (a + b + n))];
    }

    /// <summary>Expected purchases within a time.</summary>
    /// <param name="m">Shape of the distribution of λ: r + x.</param>
    /// <param name="relativeTime">t / A.</param>
    /// <param name="n">Purchases survived.</param>
    public double Expected(double m, double relativeTime, int n)
    {
        var logNone = -m * SpecialFunctions.Log1p(relativeTime);
        return m * relativeTime > MostExpectedPurchases || relativeTime > LongestRelativeTime || logNone < SmallestExponent
            ? ExpectedByIntegration(m, relativeTime, n)
            : ExpectedBySeries(m, relativeTime / (1 + relativeTime), Math.Exp(logNone), n);
    }

    /// <summary>Discounted purchases without end: E[λ / (δ + λp)].</summary>
    /// <param name="m">Shape of the distribution of λ.</param>
    /// <param name="relativeRate">δ A: the discount rate in units of the rate parameter of λ.</param>
    /// <param name="n">Purchases survived.</param>
    public double Discounted(double m, double relativeRate, int n) =>
        new DiscountedPurchases(a, b + n, m, relativeRate).Expected();

    private double ExpectedBySeries(double m, double z, double probability, int n)
    {
        var (sum, purchases, survived) = (0.0, 0.0, 1.0);
        for (var k = 0; ; k++)
        {
            purchases += survived;
            survived *= n + k < TableSize ? survival[n + k] : (b + n + k) / (a + b + n + k);
            var ratio = (m + k) * z * (k + 1 < TableSize ? Reciprocals[k + 1] : 1.0 / (k + 1));
            probability *= ratio;
            var term = probability * purchases;
            sum += term;
            if (ratio < 1 && term <= Negligible * (1 - ratio) * sum)
            {
                return sum;
            }
        }
    }

    /// <summary>
    /// E over p instead of over K, for histories and horizons with thousands of purchases: ∫ (1 - (1+py)^-m)/p over
    /// beta(a, b'), in v = ln(p/(1-p)), where the beta density falls exponentially on both sides.
    /// </summary>
    private double ExpectedByIntegration(double m, double y, int n)
    {
        var bPrime = b + n;
        var logBeta = SpecialFunctions.GammaLn(a) - LogGamma.Difference(bPrime, a);
        double Rate(double p) => -ExpMinusOne.Of(-m * SpecialFunctions.Log1p(p * y)) / p;
        double Density(double v) => Math.Exp(-(a * LogSum.OnePlusExp(-v)) - (bPrime * LogSum.OnePlusExp(v)) - logBeta);
        double Integrand(double v) => Density(v) * Rate(SpecialFunctions.Logistic(v));

        var mode = Math.Log(a / bPrime);
        var spread = 12 * Math.Sqrt((1 / a) + (1 / bPrime));
        var low = Math.Min(mode - Math.Min(spread, NegligibleExponent), -Math.Log(m * y)) - NegligibleExponent;
        var high = Math.Max(mode, 0) + NegligibleExponent;
        double[] bends = [-Math.Log(m * y), mode - spread, mode, mode + spread];
        double[] cuts = [low, .. bends.Where(bend => bend > low && bend < high).Order(), high];

        // Beyond the ends the rate is constant and the density a pure exponential.
        var sum = (Density(low) * m * y / a) + (Density(high) * Rate(1) / bPrime);
        for (var i = 1; i < cuts.Length; i++)
        {
            sum += Integrate.GaussKronrod(Integrand, cuts[i - 1], cuts[i], IntegrationPrecision);
        }

        return sum;
    }
}
