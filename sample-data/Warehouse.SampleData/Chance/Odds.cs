namespace Warehouse.SampleData.Chance;

/// <summary>Draws an index with probability proportional to its weight, in constant time (Walker's alias method).</summary>
internal sealed class Odds
{
    private readonly double[] _threshold;
    private readonly int[] _alias;

    public Odds(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var count = weights.Length;
        _threshold = new double[count];
        _alias = new int[count];
        var small = new Stack<int>(count);
        var large = new Stack<int>(count);
        for (var i = 0; i < count; i++)
        {
            _threshold[i] = weights[i] * count / total;
            (_threshold[i] < 1 ? small : large).Push(i);
        }

        while (small.TryPop(out var low) && large.TryPop(out var high))
        {
            _alias[low] = high;
            _threshold[high] -= 1 - _threshold[low];
            (_threshold[high] < 1 ? small : large).Push(high);
        }

        // What is left is 1 but for rounding.
        foreach (var index in small.Concat(large))
        {
            _threshold[index] = 1;
        }
    }

    public int Draw(Rng rng)
    {
        var place = rng.Uniform() * _threshold.Length;
        var index = (int)place;
        return place - index < _threshold[index] ? index : _alias[index];
    }
}
