using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Learners;

namespace Warehouse.Models.Churn.Training;

/// <summary>A model that can be used: features to numbers, numbers to raw scores, raw scores to probabilities.</summary>
internal sealed record ChurnModel(FeatureEncoding Encoding, ChurnScorer Scorer, Calibrator Calibrator)
{
    /// <summary>The churn probability of each row.</summary>
    public double[] Probabilities(FeatureTable table, CancellationToken cancellationToken) =>
        Calibrator.ToProbabilities(Scorer.Score(Encoding.Encode(table), cancellationToken));
}
