using Warehouse.Models.Churn.Training;

namespace Warehouse.Models.Churn.Retraining;

/// <summary>Whether the model that scores should be trained again, and what came of it.</summary>
/// <param name="Generation">The generation of the warehouse that was looked at.</param>
/// <param name="AsOf">The date as of which drift was looked at: the day after the last sale.</param>
/// <param name="Definition">The hash of the definition.</param>
/// <param name="Model">The model.</param>
/// <param name="Version">The version that scored when it was looked at; null where none did.</param>
/// <param name="Checks">What was held against the limits of the definition.</param>
/// <param name="Reasons">Why the model should be trained again; empty where nothing speaks for it.</param>
/// <param name="Action">What was done.</param>
/// <param name="Decision">The same in words, with the reason.</param>
/// <param name="Trained">The model that was trained; null where none was.</param>
/// <param name="Notes">What a reader should know.</param>
public sealed record RetrainingResult(
    int Generation,
    DateOnly AsOf,
    string Definition,
    string Model,
    int? Version,
    IReadOnlyList<WatchCheck> Checks,
    IReadOnlyList<string> Reasons,
    RetrainingAction Action,
    string Decision,
    TrainingResult? Trained,
    IReadOnlyList<string> Notes)
{
    internal static RetrainingResult Of(ChurnDefinition definition, DateOnly asOf, int? current, Look look, TrainingResult? trained)
    {
        var (action, decision) = (look.Reasons.Count, trained) switch
        {
            (0, _) => (RetrainingAction.None, "Nothing speaks for training again."),
            (_, null) => (RetrainingAction.Proposed, $"Train again, with --do or 'warehouse churn train': {look.Reasons[0]}"),
            (_, { IsPromoted: true }) => (RetrainingAction.Promoted, FormattableString.Invariant(
                $"Version {trained.Version} was trained and scores from now on. {trained.Decision}")),
            _ => (RetrainingAction.Kept, FormattableString.Invariant(
                $"Version {trained.Version} was trained and {(current is { } kept ? FormattableString.Invariant($"version {kept} is kept") : "is not promoted")}. {trained.Decision}")),
        };
        return new RetrainingResult(
            look.Generation, asOf, definition.Hash, definition.Name, current, look.Checks, look.Reasons, action, decision, trained, look.Notes);
    }
}

/// <summary>What was done about a model.</summary>
public enum RetrainingAction
{
    /// <summary>Nothing: no limit is crossed.</summary>
    None,

    /// <summary>Training again was proposed.</summary>
    Proposed,

    /// <summary>It was trained again, and the new version scores.</summary>
    Promoted,

    /// <summary>It was trained again, and the new version was not better: the one before goes on scoring.</summary>
    Kept,
}

/// <summary>A measure that was held against its limit.</summary>
/// <param name="Measure">auc loss, calibration loss, drift of scores, or drift of a feature.</param>
/// <param name="AsOf">The date that it was measured at.</param>
/// <param name="Then">In the model's test; null of drift, which is from then.</param>
/// <param name="Now">Now.</param>
/// <param name="Value">What is held against the limit.</param>
/// <param name="Limit">The limit of the definition.</param>
public sealed record WatchCheck(string Measure, DateOnly AsOf, double? Then, double? Now, double Value, double Limit)
{
    /// <summary>Whether the limit is crossed.</summary>
    public bool IsCrossed => Value > Limit;
}

/// <summary>What was seen of a model.</summary>
internal sealed record Look(int Generation, IReadOnlyList<WatchCheck> Checks, IReadOnlyList<string> Reasons, IReadOnlyList<string> Notes);
