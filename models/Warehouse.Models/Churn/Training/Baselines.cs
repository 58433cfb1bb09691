using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Features;

namespace Warehouse.Models.Churn.Training;

/// <summary>Scores that need no model: what a model has to beat to be worth having.</summary>
internal static class Baselines
{
    private static readonly (string Name, string Feature, int Sign)[] Scores =
    [
        ("recency", FeatureNames.Recency, 1),
        ("monetary", FeatureNames.Spent, -1),
        ("frequency", FeatureNames.PurchaseDays, -1),
        ("expectedPurchases", FeatureNames.ExpectedPurchases, -1),
    ];

    /// <summary>The AUC of each baseline, and the model's gain over the best of them from the same resamples.</summary>
    public static (IReadOnlyDictionary<string, Interval> Aucs, string? Best, Interval? Gain) Compare(
        FeatureTable table, double[] probabilities, bool[] churned, int seed)
    {
        var baselines = Scores
            .Where(score => table.IndexOf(score.Feature) >= 0)
            .Select(score => (score.Name, Ranked: new RankedScores(Signed(table, score.Feature, score.Sign), churned)))
            .ToArray();
        var aucs = new OrderedDictionary<string, Interval>(StringComparer.Ordinal);
        if (baselines.Length == 0)
        {
            return (aucs, null, null);
        }

        var model = new RankedScores(probabilities, churned);
        var resampled = new Resamples(churned.Length, seed).Measure(weights =>
            [model.Auc(weights), .. baselines.Select(baseline => baseline.Ranked.Auc(weights))]);
        var best = Enumerable.Range(0, baselines.Length).MaxBy(place => baselines[place].Ranked.Auc());
        var gains = resampled[0].Zip(resampled[best + 1], (mine, its) => mine - its).ToArray();
        for (var place = 0; place < baselines.Length; place++)
        {
            aucs[baselines[place].Name] = Interval.Of(baselines[place].Ranked.Auc(), resampled[place + 1]);
        }

        return (aucs, baselines[best].Name, Interval.Of(model.Auc() - baselines[best].Ranked.Auc(), gains));
    }

    /// <summary>Missing expectations rank in the middle of nothing: as zero purchases.</summary>
    private static double[] Signed(FeatureTable table, string feature, int sign) =>
        Array.ConvertAll(table.Column(table.IndexOf(feature)), value => float.IsNaN(value) ? 0.0 : sign * (double)value);
}
