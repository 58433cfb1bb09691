namespace Warehouse.Models.Churn.Evaluation;

/// <summary>How good probabilities were, of customers that were not learned from.</summary>
/// <param name="Customers">How many were scored.</param>
/// <param name="Churned">How many of them churned.</param>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="PrAuc">Average precision.</param>
/// <param name="LogLoss">Mean of -log p of what happened.</param>
/// <param name="Brier">Mean squared error of the probability.</param>
/// <param name="CalibrationError">Mean distance of said and seen churn over ten bins of equally many customers.</param>
/// <param name="Reliability">The ten bins, the least likely first.</param>
/// <param name="Deciles">Tenths of the customers, the most likely first.</param>
/// <param name="Profit">What acting on the scores would bring.</param>
public sealed record ChurnMetrics(
    int Customers,
    int Churned,
    Interval Auc,
    Interval PrAuc,
    Interval LogLoss,
    Interval Brier,
    double CalibrationError,
    IReadOnlyList<ReliabilityBin> Reliability,
    IReadOnlyList<Decile> Deciles,
    RetentionProfit Profit)
{
    private const int Bins = 10;

    /// <summary>The share that churned.</summary>
    public double ChurnRate => (double)Churned / Customers;

    /// <summary>Judges probabilities by what happened.</summary>
    internal static ChurnMetrics Of(double[] probabilities, bool[] churned, ChurnEconomics economics, int seed)
    {
        var ranked = new RankedScores(probabilities, churned);
        var losses = new double[churned.Length];
        var squares = new double[churned.Length];
        for (var row = 0; row < churned.Length; row++)
        {
            var happened = churned[row] ? probabilities[row] : 1 - probabilities[row];
            losses[row] = -Math.Log(Math.Max(happened, 1e-9));
            squares[row] = (1 - happened) * (1 - happened);
        }

        var resampled = new Resamples(churned.Length, seed).Measure(weights =>
            [ranked.Auc(weights), ranked.AveragePrecision(weights), Mean(losses, weights), Mean(squares, weights)]);
        var bins = ReliabilityBin.Of(ranked, probabilities, churned, Bins);
        return new ChurnMetrics(
            churned.Length,
            churned.Count(value => value),
            Interval.Of(ranked.Auc(), resampled[0]),
            Interval.Of(ranked.AveragePrecision(), resampled[1]),
            Interval.Of(losses.Average(), resampled[2]),
            Interval.Of(squares.Average(), resampled[3]),
            bins.Sum(bin => bin.Customers * Math.Abs(bin.Said - bin.Seen)) / churned.Length,
            bins,
            Decile.Of(ranked, churned),
            RetentionProfit.Of(ranked, churned, economics));
    }

    private static double Mean(double[] values, int[] weights)
    {
        var sum = 0.0;
        for (var row = 0; row < values.Length; row++)
        {
            sum += values[row] * weights[row];
        }

        return sum / values.Length;
    }
}
