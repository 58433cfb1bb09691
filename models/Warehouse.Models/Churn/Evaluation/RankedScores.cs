namespace Warehouse.Models.Churn.Evaluation;

/// <summary>Scores in falling order with what happened; equal scores stand in one group, within which nothing is ranked.</summary>
internal sealed class RankedScores
{
    private readonly int[] _order;
    private readonly bool[] _churned;
    private readonly int[] _groupEnds;

    public RankedScores(ReadOnlySpan<double> scores, bool[] churned)
    {
        _churned = churned;
        _order = [.. Enumerable.Range(0, churned.Length)];
        var falling = new double[scores.Length];
        for (var row = 0; row < scores.Length; row++)
        {
            falling[row] = -scores[row];
        }

        Array.Sort(falling, _order);
        var ends = new List<int>();
        for (var place = 1; place <= falling.Length; place++)
        {
            if (place == falling.Length || falling[place] != falling[place - 1])
            {
                ends.Add(place);
            }
        }

        _groupEnds = [.. ends];
    }

    /// <summary>The rows, the highest score first.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>The area under the ROC curve: the share of pairs that are ranked rightly, ties counting half. NaN with one class.</summary>
    /// <param name="weights">How often each row counts; empty: once.</param>
    public double Auc(ReadOnlySpan<int> weights = default)
    {
        var (churners, others, pairs) = (0.0, 0.0, 0.0);
        var start = 0;
        foreach (var end in _groupEnds)
        {
            var (groupChurners, groupOthers) = Count(start, end, weights);
            pairs += groupOthers * (churners + (groupChurners / 2));
            churners += groupChurners;
            others += groupOthers;
            start = end;
        }

        return pairs / (churners * others);
    }

    /// <summary>Average precision: the mean, over churners, of the share of churners among those scored as high or higher.</summary>
    /// <param name="weights">How often each row counts; empty: once.</param>
    public double AveragePrecision(ReadOnlySpan<int> weights = default)
    {
        var (churners, all, sum) = (0.0, 0.0, 0.0);
        var start = 0;
        foreach (var end in _groupEnds)
        {
            var (groupChurners, groupOthers) = Count(start, end, weights);
            churners += groupChurners;
            all += groupChurners + groupOthers;
            if (all > 0)
            {
                sum += groupChurners * churners / all;
            }

            start = end;
        }

        return sum / churners;
    }

    /// <summary>The points of the ROC curve: churners and others among those scored as high or higher, from (0, 0).</summary>
    public List<RocPoint> Roc()
    {
        List<RocPoint> points = [new RocPoint(0, 0)];
        var start = 0;
        foreach (var end in _groupEnds)
        {
            var (churners, others) = Count(start, end, []);
            points.Add(new RocPoint(points[^1].Churners + churners, points[^1].Others + others));
            start = end;
        }

        return points;
    }

    private (double Churners, double Others) Count(int start, int end, ReadOnlySpan<int> weights)
    {
        var (churners, others) = (0, 0);
        for (var place = start; place < end; place++)
        {
            var row = _order[place];
            var weight = weights.IsEmpty ? 1 : weights[row];
            if (_churned[row])
            {
                churners += weight;
            }
            else
            {
                others += weight;
            }
        }

        return (churners, others);
    }
}

/// <summary>A point of a ROC curve, in customers.</summary>
internal readonly record struct RocPoint(double Churners, double Others);
