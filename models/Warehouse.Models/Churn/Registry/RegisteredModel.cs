using Warehouse.Models.Churn.Training;

namespace Warehouse.Models.Churn.Registry;

/// <summary>A model of the registry, without what it is made of.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Version">Its version, from 1.</param>
/// <param name="AsOf">The date that it was tested at; null for a table without dates.</param>
/// <param name="HorizonDays">The days within which who buys nothing has churned.</param>
/// <param name="Generation">The generation of the warehouse that it learned from.</param>
/// <param name="Definition">The hash of the definition that it was made by.</param>
/// <param name="Learner">logistic or boosting.</param>
/// <param name="Auc">The AUC of its test.</param>
/// <param name="TrainedAt">When it was trained.</param>
/// <param name="TrainedBy">By whom.</param>
/// <param name="Status">promoted (it scores), earlier (it did), refused, or trained.</param>
/// <param name="Reason">Why; null where nothing was decided.</param>
/// <param name="CalibrationError">The calibration error of its test.</param>
public sealed record RegisteredModel(
    string Model,
    int Version,
    DateOnly? AsOf,
    int? HorizonDays,
    int Generation,
    string Definition,
    string Learner,
    double Auc,
    DateTimeOffset TrainedAt,
    string TrainedBy,
    string Status,
    string? Reason,
    double CalibrationError);

/// <summary>A model that was read from the registry, whole and as it was trained; it learned what happened before <paramref name="LearnedTo"/>.</summary>
internal sealed record StoredModel(
    string Name, int Version, int? HorizonDays, string Definition, DateOnly? LearnedTo, ChurnModel Model, DriftReference Reference);
