using Warehouse.Models.Churn.Learners;

namespace Warehouse.Models.Churn.Evaluation;

/// <summary>How raw scores become probabilities.</summary>
/// <param name="Kind">none, platt or isotonic.</param>
/// <param name="Margins">Platt: slope and intercept. Isotonic: raw scores, rising. None: empty.</param>
/// <param name="Probabilities">Isotonic: the probability at each raw score, not falling; between them it is interpolated.</param>
public sealed record Calibrator(string Kind, IReadOnlyList<double> Margins, IReadOnlyList<double> Probabilities)
{
    /// <summary>The logistic function alone.</summary>
    public static Calibrator None { get; } = new("none", [], []);

    /// <summary>The probability of a raw score.</summary>
    public double Probability(double margin) => Kind switch
    {
        "platt" => Odds.Probability((Margins[0] * margin) + Margins[1]),
        "isotonic" => Interpolated(margin),
        _ => Odds.Probability(margin),
    };

    /// <summary>The probabilities of raw scores.</summary>
    public double[] ToProbabilities(double[] margins) => [.. margins.Select(Probability)];

    private double Interpolated(double margin)
    {
        var (low, high) = (0, Margins.Count - 1);
        if (margin <= Margins[low])
        {
            return Probabilities[low];
        }

        if (margin >= Margins[high])
        {
            return Probabilities[high];
        }

        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Margins[middle] <= margin ? (middle, high) : (low, middle);
        }

        var share = (margin - Margins[low]) / (Margins[high] - Margins[low]);
        return Probabilities[low] + (share * (Probabilities[high] - Probabilities[low]));
    }
}
