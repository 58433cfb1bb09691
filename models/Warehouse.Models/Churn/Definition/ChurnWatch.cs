using Warehouse.Definitions;

namespace Warehouse.Models.Churn;

/// <summary>From where on a model should be trained again.</summary>
/// <param name="MostDrift">The largest population stability index, of the scores or of a feature that carries them, that is let pass.</param>
/// <param name="MostAucLoss">How much the AUC may fall below that of the model's test.</param>
/// <param name="MostCalibrationLoss">How much the calibration error may rise above that of the model's test.</param>
public sealed record ChurnWatch(double MostDrift, double MostAucLoss, double MostCalibrationLoss)
{
    internal static ChurnWatch Read(DefinitionMap? map) => new(
        (double)(map?.Number("drift", 0m) ?? 0.25m),
        (double)(map?.Number("auc_loss", 0m, 1m) ?? 0.03m),
        (double)(map?.Number("calibration_loss", 0m, 1m) ?? 0.03m));
}
