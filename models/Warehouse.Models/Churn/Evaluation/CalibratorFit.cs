using Warehouse.Models.Churn.Learners;

namespace Warehouse.Models.Churn.Evaluation;

/// <summary>Fits calibrators to scores of customers that were not learned from, and tells whether one helps.</summary>
internal static class CalibratorFit
{
    private const int Folds = 5;

    /// <summary>The least gain in log-loss, out of fold, for which scores are bent.</summary>
    private const double LeastGain = 0.0005;

    private const int FewestForIsotonic = 1000;
    private const double LeastWeight = 50;
    private const double LeastProbability = 0.001;

    /// <summary>The calibrator with the least loss out of fold; none where no other gains anything worth it.</summary>
    public static Calibrator Choose(double[] margins, bool[] churned, int[] groups, int seed)
    {
        var folds = Splits.Folds(groups, Folds, seed);
        List<Func<double[], bool[], Calibrator>> ways = [Platt];
        if (margins.Length >= FewestForIsotonic)
        {
            ways.Add(Isotonic);
        }

        var (best, least) = ((Func<double[], bool[], Calibrator>?)null, Loss(Calibrator.None, margins, churned) - LeastGain);
        foreach (var way in ways)
        {
            var loss = LossOutOfFold(way, margins, churned, folds);
            if (loss < least)
            {
                (best, least) = (way, loss);
            }
        }

        return best is null ? Calibrator.None : best(margins, churned);
    }

    /// <summary>Platt's: the slope and intercept of the log-odds by maximum likelihood (Newton's method).</summary>
    public static Calibrator Platt(double[] margins, bool[] churned)
    {
        var (slope, intercept) = (1.0, 0.0);
        for (var step = 0; step < 50; step++)
        {
            double g0 = 0, g1 = 0, h00 = 1e-9, h01 = 0, h11 = 1e-9;
            for (var row = 0; row < margins.Length; row++)
            {
                var probability = Odds.Probability((slope * margins[row]) + intercept);
                var off = (churned[row] ? 1 : 0) - probability;
                var weight = probability * (1 - probability);
                g0 += off;
                g1 += off * margins[row];
                h00 += weight;
                h01 += weight * margins[row];
                h11 += weight * margins[row] * margins[row];
            }

            var determinant = (h00 * h11) - (h01 * h01);
            if (Math.Abs(determinant) < 1e-12)
            {
                break;
            }

            var (up, along) = (((h11 * g0) - (h01 * g1)) / determinant, ((h00 * g1) - (h01 * g0)) / determinant);
            intercept += up;
            slope += along;
            if (Math.Abs(up) + Math.Abs(along) < 1e-10)
            {
                break;
            }
        }

        return slope > 0 ? new Calibrator("platt", [slope, intercept], []) : Calibrator.None;
    }

    /// <summary>Isotonic: the rising step function nearest to what happened, by pooling adjacent violators; its steps joined by lines.</summary>
    public static Calibrator Isotonic(double[] margins, bool[] churned)
    {
        var order = Enumerable.Range(0, margins.Length).OrderBy(row => margins[row]).ToArray();
        var blocks = new List<(double Weight, double Margins, double Churned)>();
        foreach (var row in order)
        {
            blocks.Add((1, margins[row], churned[row] ? 1 : 0));
            while (blocks.Count > 1 && (blocks[^2].Churned / blocks[^2].Weight >= blocks[^1].Churned / blocks[^1].Weight || blocks[^2].Weight < LeastWeight))
            {
                var (last, before) = (blocks[^1], blocks[^2]);
                blocks.RemoveAt(blocks.Count - 1);
                blocks[^1] = (last.Weight + before.Weight, last.Margins + before.Margins, last.Churned + before.Churned);
            }
        }

        return new Calibrator(
            "isotonic",
            [.. blocks.Select(block => block.Margins / block.Weight)],
            [.. blocks.Select(block => Math.Clamp(block.Churned / block.Weight, LeastProbability, 1 - LeastProbability))]);
    }

    private static double LossOutOfFold(Func<double[], bool[], Calibrator> way, double[] margins, bool[] churned, int[] folds)
    {
        var loss = 0.0;
        for (var fold = 0; fold < Folds; fold++)
        {
            var inside = Array.FindAll([.. Enumerable.Range(0, margins.Length)], row => folds[row] != fold);
            var outside = Array.FindAll([.. Enumerable.Range(0, margins.Length)], row => folds[row] == fold);
            if (inside.Length > 0 && outside.Length > 0)
            {
                var fitted = way([.. inside.Select(row => margins[row])], [.. inside.Select(row => churned[row])]);
                loss += outside.Sum(row => LossOf(fitted, margins[row], churned[row]));
            }
        }

        return loss / margins.Length;
    }

    private static double Loss(Calibrator calibrator, double[] margins, bool[] churned) =>
        Enumerable.Range(0, margins.Length).Sum(row => LossOf(calibrator, margins[row], churned[row])) / margins.Length;

    private static double LossOf(Calibrator calibrator, double margin, bool churned)
    {
        var probability = calibrator.Probability(margin);
        return -Math.Log(Math.Max(churned ? probability : 1 - probability, 1e-9));
    }
}
