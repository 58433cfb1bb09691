using Warehouse.Models.Churn.Backtest;
using Warehouse.Models.Churn.Training;

namespace Warehouse.Models.Churn.Registry;

/// <summary>All that is known of one version of a model: what it is, how it did in its test, and what became of its scores.</summary>
/// <param name="Model">Its entry in the registry.</param>
/// <param name="Training">What its training said.</param>
/// <param name="Scorings">What it has scored, the latest date first.</param>
/// <param name="Checks">Those of its scorings whose horizon has passed, the earliest first.</param>
public sealed record VersionCard(
    RegisteredModel Model, TrainingResult Training, IReadOnlyList<VersionScoring> Scorings, IReadOnlyList<BacktestCheck> Checks);

/// <summary>A scoring by a version.</summary>
/// <param name="AsOf">The first date of the horizon.</param>
/// <param name="Generation">The generation of the data scored.</param>
/// <param name="Customers">How many were scored.</param>
/// <param name="Mean">The mean of the probabilities.</param>
/// <param name="ScoredAt">When.</param>
/// <param name="Drift">How far the scores and features had moved since the test, the farthest first.</param>
public sealed record VersionScoring(DateOnly AsOf, int Generation, long Customers, double Mean, DateTimeOffset ScoredAt, IReadOnlyList<Drift> Drift);
