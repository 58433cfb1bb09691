using Warehouse.Models.Churn.Evaluation;

namespace Warehouse.Models.Churn.Backtest;

/// <summary>Scorings whose horizon has passed, held against what happened.</summary>
/// <param name="Generation">The generation of the warehouse that knows what happened.</param>
/// <param name="Definition">The hash of the definition.</param>
/// <param name="Model">The model.</param>
/// <param name="Checks">One for each scoring that is kept: date and version, the earliest first.</param>
/// <param name="RetrainReason">Why the model should be trained again; null where nothing speaks for it.</param>
/// <param name="Notes">What a reader should know.</param>
public sealed record BacktestResult(
    int Generation, string Definition, string Model, IReadOnlyList<BacktestCheck> Checks, string? RetrainReason, IReadOnlyList<string> Notes);

/// <summary>A scoring and what happened.</summary>
/// <param name="AsOf">The date of the scoring.</param>
/// <param name="Version">The version that scored.</param>
/// <param name="ScoredIn">The generation of the scoring: of several of one date and version the last holds.</param>
/// <param name="AucThen">The AUC of the version's own test.</param>
/// <param name="CalibrationErrorThen">The calibration error of it.</param>
/// <param name="LiftThen">The lift of its first tenth.</param>
/// <param name="Now">How good the scores have proved to be.</param>
public sealed record BacktestCheck(
    DateOnly AsOf, int Version, int ScoredIn, double AucThen, double CalibrationErrorThen, double LiftThen, ChurnMetrics Now);
