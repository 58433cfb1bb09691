using System.Globalization;
using Warehouse.Models.Churn.Evaluation;

namespace Warehouse.Models.Churn.Training;

/// <summary>
/// Whether a new model takes the place of the one that scores: it must beat every baseline, and on the same test, the newest
/// there is, have a lower log-loss than the one that scores. Log-loss judges ranking and calibration together.
/// </summary>
/// <param name="IsDue">Whether it does.</param>
/// <param name="Reason">Why, or why not.</param>
internal sealed record Promotion(bool IsDue, string Reason)
{
    /// <param name="result">The new model's test.</param>
    /// <param name="current">The version that scores so far; null where none does.</param>
    /// <param name="rival">That version on the same test; null where it cannot be held against the new one: it is of another definition.</param>
    public static Promotion Of(TrainingResult result, int? current, ChurnMetrics? rival)
    {
        var mine = result.Test;
        if (!result.BeatsBaselines)
        {
            return new Promotion(false, Say(
                $"It does not beat {result.BestBaseline}: AUC {mine.Auc.Value:0.0000} against {result.Baselines[result.BestBaseline!].Value:0.0000}."));
        }

        if (rival is null)
        {
            return new Promotion(true, Say(
                $"AUC {mine.Auc.Value:0.0000}: it beats {result.BestBaseline}.{(current is null ? "" : Say($" Version {current} is of another definition and cannot be held against it."))}"));
        }

        var figures = Say(
            $"log-loss {mine.LogLoss.Value:0.0000} against {rival.LogLoss.Value:0.0000}, AUC {mine.Auc.Value:0.0000} against {rival.Auc.Value:0.0000}");
        return mine.LogLoss.Value < rival.LogLoss.Value
            ? new Promotion(true, Say($"It beats {result.BestBaseline}, and version {current} on the same test: {figures}."))
            : new Promotion(false, Say($"It is not better than version {current} on the same test: {figures}."));
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
