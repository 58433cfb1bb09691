namespace Warehouse.Models.Churn.Learners.Logistic;

/// <summary>Logistic regression on standardised terms; the strength of its squared penalty is chosen by cross-validation.</summary>
internal sealed class LogisticLearner(int seed) : IChurnLearner
{
    public const string LearnerName = "logistic";

    /// <summary>More rows than this move no weight by what could be seen, and cost time.</summary>
    private const int MostRows = 200_000;

    private const int MostRowsOfChoice = 12_000;
    private const int Folds = 5;

    private static readonly double[] Penalties = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001];

    public string Name => LearnerName;

    public Learned Learn(FeatureEncoding encoding, Examples train, Examples? validation, Learned? before, CancellationToken cancellationToken)
    {
        var used = train.Count > MostRows ? train.Take(Splits.Sample(train.Count, MostRows, seed)) : train;
        var encoded = encoding.Encode(used.Features);
        var width = encoding.Columns.Count;
        var terms = LogisticTerms.Of(encoded, width);
        var rows = StandardisedRows.Of(terms, encoded, width);
        var penalty = before?.Parameters["penalty"] ?? Choose(rows, used, cancellationToken);
        var weights = new RidgeRegression(rows, used.Churned).Fit(penalty, Start(used.Churned, rows.Width), cancellationToken);
        return new Learned(
            new LogisticScorer(width, weights[0], terms, weights[1..]),
            new OrderedDictionary<string, double>(StringComparer.Ordinal)
            {
                ["penalty"] = penalty,
                ["terms"] = terms.Length,
                ["rows"] = used.Count,
            });
    }

    /// <summary>The penalty with the least loss out of fold; a customer is never on both sides.</summary>
    private double Choose(StandardisedRows rows, Examples examples, CancellationToken cancellationToken)
    {
        var sample = Splits.Sample(examples.Count, Math.Min(examples.Count, MostRowsOfChoice), seed);
        var folds = Splits.Folds(examples.Groups, Folds, seed);
        var losses = new double[Penalties.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            var inside = Array.FindAll(sample, row => folds[row] != fold);
            var outside = Array.FindAll(sample, row => folds[row] == fold);
            if (inside.Length == 0 || outside.Length == 0)
            {
                continue;
            }

            var fit = new RidgeRegression(rows.Take(inside), [.. inside.Select(row => examples.Churned[row])]);
            var check = new RidgeRegression(rows.Take(outside), [.. outside.Select(row => examples.Churned[row])]);
            var weights = Start(examples.Churned, rows.Width);
            for (var place = 0; place < Penalties.Length; place++)
            {
                weights = fit.Fit(Penalties[place], weights, cancellationToken);
                losses[place] += check.MeanLoss(weights) * outside.Length;
            }
        }

        return Penalties[Array.IndexOf(losses, losses.Min())];
    }

    private static double[] Start(bool[] churned, int width)
    {
        var weights = new double[width];
        weights[0] = Odds.Margin((double)churned.Count(value => value) / churned.Length);
        return weights;
    }
}
