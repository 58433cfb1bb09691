using MathNet.Numerics;

namespace Warehouse.Analysis.Baskets;

/// <summary>Whether two things come together more often than by chance.</summary>
internal static class Significance
{
    /// <summary>
    /// Fisher's exact test, one-sided: the chance that of <paramref name="all"/> baskets at least <paramref name="both"/> hold two
    /// things, were the <paramref name="one"/> and <paramref name="other"/> that hold each spread at random.
    /// </summary>
    public static double AtLeast(long both, long one, long other, long all)
    {
        var least = Math.Max(0, one + other - all);
        var most = Math.Min(one, other);
        if (both <= least)
        {
            return 1;
        }

        // The terms fall from the mean on. The shorter way from it is summed, from its greatest term.
        return both > (double)one * other / all
            ? Math.Min(1, Tail(both, most, step: 1))
            : Math.Max(0, 1 - Tail(both - 1, least, step: -1));

        double Tail(long from, long to, int step)
        {
            var term = Math.Exp(LogOf(from));
            var sum = term;
            for (var k = from; k != to && term > sum * double.Epsilon; k += step)
            {
                term *= step > 0
                    ? (double)(one - k) / (k + 1) * (other - k) / (all - one - other + k + 1)
                    : (double)k / (one - k + 1) * (all - one - other + k) / (other - k + 1);
                sum += term;
            }

            return sum;
        }

        double LogOf(long k) => LogChoose(one, k) + LogChoose(all - one, other - k) - LogChoose(all, other);

        static double LogChoose(long n, long k) =>
            SpecialFunctions.GammaLn(n + 1d) - SpecialFunctions.GammaLn(k + 1d) - SpecialFunctions.GammaLn(n - k + 1d);
    }

    /// <summary>
    /// The least rate of false discoveries at which each of many tests is a discovery: of m values in rising order the least of
    /// p(j) m / j for j from its place on (Benjamini and Hochberg 1995; as R's p.adjust).
    /// </summary>
    public static double[] FalseDiscoveryRates(IReadOnlyList<double> pValues)
    {
        var falling = Enumerable.Range(0, pValues.Count).OrderByDescending(place => pValues[place]).ToArray();
        var rates = new double[pValues.Count];
        var least = 1d;
        for (var rank = 0; rank < falling.Length; rank++)
        {
            least = Math.Min(least, pValues[falling[rank]] * pValues.Count / (pValues.Count - rank));
            rates[falling[rank]] = least;
        }

        return rates;
    }
}
