using Warehouse.Definitions;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Learners;

namespace Warehouse.Models.Churn.Features;

/// <summary>
/// Refuses features that alone tell almost surely who churned: nothing that was known before does, so what does was
/// written down afterwards.
/// </summary>
internal static class LeakageCheck
{
    private const int Folds = 5;

    /// <summary>Fewer churners than this are told apart by chance.</summary>
    private const int FewestOfEach = 20;

    /// <exception cref="UserFaultException">Features leak; the message names them with their AUC.</exception>
    public static void Require(Examples examples, double mostAuc, IReadOnlyCollection<string> excluded)
    {
        if (examples.Churners < FewestOfEach || examples.Count - examples.Churners < FewestOfEach)
        {
            return;
        }

        var leaks = Enumerable.Range(0, examples.Features.Columns.Count)
            .Where(column => !excluded.Contains(examples.Features.Columns[column].Name))
            .AsParallel().AsOrdered()
            .Select(column => (examples.Features.Columns[column].Name, Auc: Separation(examples, column)))
            .Where(feature => feature.Auc > mostAuc)
            .Select(feature => FormattableString.Invariant($"{feature.Name} (AUC {feature.Auc:0.000})"))
            .ToList();
        if (leaks.Count > 0)
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"Nothing was trained: {string.Join(", ", leaks)} alone tells who churned better than anything known before can (AUC above {mostAuc:0.###}). It was most likely written down afterwards. Exclude it (features: exclude), or, where it is sound, raise leakage: most_auc."));
        }
    }

    /// <summary>The better of both directions, of the values and of their being missing.</summary>
    private static double Separation(Examples examples, int column)
    {
        var values = examples.Features.Column(column);
        var scores = examples.Features.Columns[column].Levels is { } levels
            ? RatesOutOfFold(values, levels.Count, examples)
            : Array.ConvertAll(values, value => float.IsNaN(value) ? double.MinValue : value);
        var missing = Array.ConvertAll(values, value => float.IsNaN(value) ? 1.0 : 0.0);
        return Math.Max(Best(scores, examples.Churned), Best(missing, examples.Churned));
    }

    private static double Best(double[] scores, bool[] churned)
    {
        var auc = new RankedScores(scores, churned).Auc();
        return Math.Max(auc, 1 - auc);
    }

    /// <summary>The churn rate of each row's category among the rows of other folds: a text that is each row's own tells nothing by it.</summary>
    private static double[] RatesOutOfFold(float[] values, int levels, Examples examples)
    {
        var folds = Splits.Folds(examples.Groups, Folds, seed: 0);
        var rate = (double)examples.Churners / examples.Count;
        var counts = new double[Folds + 1, levels + 1];
        var churners = new double[Folds + 1, levels + 1];
        for (var row = 0; row < values.Length; row++)
        {
            var level = Level(values[row], levels);
            counts[folds[row], level]++;
            counts[Folds, level]++;
            churners[folds[row], level] += examples.Churned[row] ? 1 : 0;
            churners[Folds, level] += examples.Churned[row] ? 1 : 0;
        }

        return
        [
            .. values.Select((value, row) =>
            {
                var level = Level(value, levels);
                var others = counts[Folds, level] - counts[folds[row], level];
                return (churners[Folds, level] - churners[folds[row], level] + rate) / (others + 1);
            }),
        ];
    }

    private static int Level(float value, int levels) => float.IsNaN(value) ? levels : (int)value;
}
