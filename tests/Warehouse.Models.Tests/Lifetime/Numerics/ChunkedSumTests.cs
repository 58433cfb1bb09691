using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Tests.Lifetime.Numerics;

public sealed class ChunkedSumTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(100_000)]
    public void Over_AnyNumberOfCores_GivesTheSameBitsAndCountsEveryCellOnce(int cells)
    {
        double[] SumOn(int cores)
        {
            var totals = new double[2];
            ChunkedSum.Over(
                cells,
                totals,
                (from, to, sums) =>
                {
                    for (var i = from; i < to; i++)
                    {
                        sums[0] += 1;
                        sums[1] += Math.Sin(i) * 1e-3;
                    }
                },
                new ParallelOptions { MaxDegreeOfParallelism = cores });
            return totals;
        }

        var one = SumOn(1);
        Assert.Equal(cells, one[0]);
        foreach (var cores in new[] { 2, 3, 8 })
        {
            Near.SameBits(one[1], SumOn(cores)[1]);
        }
    }
}
