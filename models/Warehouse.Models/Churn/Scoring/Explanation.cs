namespace Warehouse.Models.Churn.Scoring;

/// <summary>Why a customer's score is what it is.</summary>
/// <param name="Generation">The generation of the warehouse.</param>
/// <param name="AsOf">The first date of the horizon.</param>
/// <param name="Definition">The hash of the definition.</param>
/// <param name="Model">The model.</param>
/// <param name="Version">Its version.</param>
/// <param name="CustomerKey">The customer.</param>
/// <param name="CustomerId">The identifier by which people know the customer.</param>
/// <param name="Probability">The probability of churn.</param>
/// <param name="Band">high, medium or low.</param>
/// <param name="Score">The raw score: the log-odds before calibration.</param>
/// <param name="ExpectedScore">The raw score of a customer of whom nothing is known; it and the reasons add up to the score.</param>
/// <param name="Reasons">The reasons, what speaks most for leaving first.</param>
public sealed record Explanation(
    int Generation,
    DateOnly AsOf,
    string Definition,
    string Model,
    int Version,
    int CustomerKey,
    string CustomerId,
    double Probability,
    string Band,
    double Score,
    double ExpectedScore,
    IReadOnlyList<Reason> Reasons);
