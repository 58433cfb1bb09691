namespace Warehouse.Models.Churn.Evaluation;

/// <summary>Bootstrap: how often each customer counts in each of many draws with replacement, by the seed alone.</summary>
internal sealed class Resamples(int customers, int seed)
{
    private const int Most = 400;
    private const int Fewest = 100;
    private const long MostDraws = 40_000_000;

    /// <summary>How many there are: fewer where customers are many and intervals narrow anyhow.</summary>
    public int Count { get; } = (int)Math.Clamp(MostDraws / Math.Max(1, customers), Fewest, Most);

    /// <summary>Computes figures of every resample.</summary>
    /// <param name="measure">Gets the weights of the customers, gives the figures.</param>
    /// <returns>For each figure its values.</returns>
    public double[][] Measure(Func<int[], double[]> measure)
    {
        var figures = new double[Count][];
        Parallel.For(0, Count, resample =>
        {
            var weights = new int[customers];
            var random = new Random(HashCode(resample));
            for (var draw = 0; draw < customers; draw++)
            {
                weights[random.Next(customers)]++;
            }

            figures[resample] = measure(weights);
        });
        return [.. Enumerable.Range(0, figures[0].Length).Select(figure => figures.Select(values => values[figure]).ToArray())];
    }

    private int HashCode(int resample) => (int)Learners.Splits.Mix(((ulong)(uint)seed << 32) | (uint)resample);
}
