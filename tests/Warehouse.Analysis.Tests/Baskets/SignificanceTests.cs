using System.Numerics;
using Warehouse.Analysis.Baskets;

namespace Warehouse.Analysis.Tests.Baskets;

public sealed class SignificanceTests
{
    /// <summary>Fisher, The Design of Experiments (1935): of four cups with milk first the lady told three.</summary>
    [Fact]
    public void AtLeast_OfTheLadyTastingTea_Is17Of70() => Assert.Equal(17.0 / 70, Significance.AtLeast(3, 4, 4, 8), 12);

    /// <summary>Benjamini and Hochberg (1995), section 4: of fifteen P-values the four least are discoveries at a rate of .05.</summary>
    [Fact]
    public void FalseDiscoveryRates_OfTheThrombolysisTrial_AreFourBelowATwentieth()
    {
        double[] p = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1];

        var rates = Significance.FalseDiscoveryRates(p);

        Assert.Equal(4, rates.Count(rate => rate <= .05));
        Assert.Equal([.0015, .003, .0095, .035625], rates.Take(4).Select(rate => Math.Round(rate, 9)));
        Assert.Equal(p.Order().Select((value, place) => Math.Min(1, p.Order().Skip(place).Select((later, further) => later * 15 / (place + further + 1)).Min())), rates);
    }

    [Fact]
    public void AtLeast_IsTheSumOfExactTerms_OfEveryTableOfTwelve()
    {
        const int All = 12;
        for (var one = 0; one <= All; one++)
        {
            for (var other = 0; other <= All; other++)
            {
                for (var both = 0; both <= Math.Min(one, other); both++)
                {
                    var exact = Enumerable.Range(both, Math.Min(one, other) - both + 1)
                        .Sum(k => (double)(Choose(one, k) * Choose(All - one, other - k)) / (double)Choose(All, other));
                    Assert.Equal(exact, Significance.AtLeast(both, one, other, All), 12);
                }
            }
        }
    }

    [Fact]
    public void AtLeast_OfAStrongRuleInManyBaskets_IsSmallAndNotNegative()
    {
        var p = Significance.AtLeast(500, 600, 700, 1_000_000);

        Assert.InRange(p, 0, 1e-300);
        Assert.InRange(Significance.AtLeast(1, 600, 700, 1_000), 1 - 1e-12, 1);
    }

    private static BigInteger Choose(int n, int k) =>
        k < 0 || k > n ? 0 : Enumerable.Range(1, k).Aggregate(BigInteger.One, (product, j) => product * (n - k + j) / j);
}
