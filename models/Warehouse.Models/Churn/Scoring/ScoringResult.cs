using Warehouse.Models.Churn.Registry;

namespace Warehouse.Models.Churn.Scoring;

/// <summary>What a scoring wrote into the snapshot.</summary>
/// <param name="Generation">The generation that the scores are published in.</param>
/// <param name="AsOf">The first date of the horizon; what was known before it was used.</param>
/// <param name="HorizonDays">The days within which who buys nothing has churned.</param>
/// <param name="Definition">The hash of the definition.</param>
/// <param name="Model">The model.</param>
/// <param name="Version">Its version.</param>
/// <param name="Customers">How many customers were scored.</param>
/// <param name="MeanProbability">The mean of their probabilities; null where there are none.</param>
/// <param name="Bands">How many customers are in each band, and what is expected to be lost with them.</param>
/// <param name="Drift">How far the scores and the features that moved most have moved since the test.</param>
/// <param name="Notes">What a reader should know.</param>
public sealed record ScoringResult(
    int Generation,
    DateOnly AsOf,
    int HorizonDays,
    string Definition,
    string Model,
    int Version,
    int Customers,
    double? MeanProbability,
    IReadOnlyList<BandTotal> Bands,
    IReadOnlyList<Drift> Drift,
    IReadOnlyList<string> Notes);

/// <summary>The customers of a band.</summary>
/// <param name="Band">high, medium or low.</param>
/// <param name="Customers">How many.</param>
/// <param name="ExpectedLoss">Probability times purchases of the last 365 days, added up.</param>
public sealed record BandTotal(string Band, int Customers, double ExpectedLoss);
