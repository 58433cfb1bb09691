using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Learners;

namespace Warehouse.Models.Churn.Training;

/// <summary>What came of a training.</summary>
/// <param name="Generation">The generation of the warehouse that was learned from.</param>
/// <param name="AsOf">The date that the model was tested at; null for a table without dates.</param>
/// <param name="HorizonDays">H.</param>
/// <param name="Definition">The hash of the definition and of the SQL of the features.</param>
/// <param name="Learner">The learner that was kept.</param>
/// <param name="Test">How good the model is on customers and a time that it did not learn from.</param>
/// <param name="Baselines">The AUC of scores that need no model, by name.</param>
/// <param name="BestBaseline">The best of them; null where there is none.</param>
/// <param name="Gain">The model's AUC less that of the best baseline; null without one.</param>
/// <param name="Candidates">What was tried, the best first.</param>
/// <param name="Calibration">none, platt or isotonic.</param>
/// <param name="Segments">The test by groups of customers.</param>
/// <param name="TrainingDates">The dates that were learned from, the last one validating the choices.</param>
/// <param name="TrainingRows">Customers and dates learned from.</param>
/// <param name="Features">The features that the model uses, with the part that each has in its scores.</param>
/// <param name="Dropped">The features that it does not use, with the reason.</param>
/// <param name="Parameters">What was given and chosen.</param>
/// <param name="Seed">What chance was drawn from.</param>
/// <param name="Notes">What a reader should know.</param>
public sealed record TrainingResult(
    int Generation,
    DateOnly? AsOf,
    int? HorizonDays,
    string Definition,
    string Learner,
    ChurnMetrics Test,
    IReadOnlyDictionary<string, Interval> Baselines,
    string? BestBaseline,
    Interval? Gain,
    IReadOnlyList<Candidate> Candidates,
    string Calibration,
    IReadOnlyList<SegmentMetrics> Segments,
    IReadOnlyList<DateOnly> TrainingDates,
    int TrainingRows,
    IReadOnlyList<FeatureImportance> Features,
    IReadOnlyList<DroppedFeature> Dropped,
    IReadOnlyDictionary<string, double> Parameters,
    int Seed,
    IReadOnlyList<string> Notes)
{
    /// <summary>The version that the registry gave the model; 0 where it was not registered.</summary>
    public int Version { get; init; }

    /// <summary>Whether it scores from now on.</summary>
    public bool IsPromoted { get; init; }

    /// <summary>Why it was promoted or not.</summary>
    public string Decision { get; init; } = "";

    /// <summary>Whether the model is better than every baseline.</summary>
    public bool BeatsBaselines => Gain is null || Gain.Value > 0;
}

/// <summary>A registered model on customers of a date whose horizon has passed.</summary>
/// <param name="Generation">The generation of the warehouse.</param>
/// <param name="AsOf">The date.</param>
/// <param name="HorizonDays">H.</param>
/// <param name="Definition">The hash of the definition.</param>
/// <param name="Model">The model.</param>
/// <param name="Version">Its version.</param>
/// <param name="Test">How good it is.</param>
/// <param name="Baselines">The AUC of scores that need no model.</param>
/// <param name="Gain">The model's AUC less that of the best baseline.</param>
/// <param name="Segments">The test by groups of customers.</param>
/// <param name="Notes">What a reader should know.</param>
public sealed record EvaluationResult(
    int Generation,
    DateOnly AsOf,
    int HorizonDays,
    string Definition,
    string Model,
    int Version,
    ChurnMetrics Test,
    IReadOnlyDictionary<string, Interval> Baselines,
    Interval? Gain,
    IReadOnlyList<SegmentMetrics> Segments,
    IReadOnlyList<string> Notes);

/// <summary>A learner that was tried.</summary>
/// <param name="Learner">Its name.</param>
/// <param name="ValidationAuc">AUC on the validation date, having learned only from dates whose horizon had passed by then.</param>
/// <param name="ValidationLogLoss">Log-loss there.</param>
public sealed record Candidate(string Learner, double ValidationAuc, double ValidationLogLoss);

/// <summary>The test within a group of customers.</summary>
/// <param name="By">What groups them.</param>
/// <param name="Segment">The group.</param>
/// <param name="Customers">How many there are.</param>
/// <param name="ChurnRate">The share that churned.</param>
/// <param name="Said">The mean of their probabilities.</param>
/// <param name="Auc">The AUC among them; null where all or none churned.</param>
public sealed record SegmentMetrics(string By, string Segment, int Customers, double ChurnRate, double Said, double? Auc);

/// <summary>The part of a feature in the scores.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Share">The mean size of its contributions (SHAP) as a share of those of all features.</param>
public sealed record FeatureImportance(string Feature, double Share);
