namespace Warehouse.Analysis.Rfm;

/// <summary>The scores of one customer.</summary>
/// <param name="CustomerKey">The key of the person.</param>
/// <param name="CustomerId">The identifier by which people of the company know the customer.</param>
/// <param name="RecencyDays">Days from the last purchase to the as-of date; 0 is the date itself.</param>
/// <param name="Frequency">Orders.</param>
/// <param name="Monetary">Value by the measure asked for.</param>
/// <param name="Revenue">Net amounts.</param>
/// <param name="RecencyScore">1 is the worst.</param>
/// <param name="FrequencyScore">1 is the worst.</param>
/// <param name="MonetaryScore">1 is the worst.</param>
/// <param name="CombinedScore">The weighted mean of the three.</param>
/// <param name="Segment">The name of the cell; null where there is no map.</param>
/// <param name="NextRecency">What the next score of recency takes; null at the best, or where no recency is good enough.</param>
/// <param name="NextFrequency">What the next score of frequency takes; null at the best.</param>
/// <param name="NextMonetary">What the next score of monetary value takes; null at the best.</param>
public sealed record RfmCustomer(
    int CustomerKey,
    string CustomerId,
    int RecencyDays,
    long Frequency,
    decimal Monetary,
    decimal Revenue,
    int RecencyScore,
    int FrequencyScore,
    int MonetaryScore,
    decimal CombinedScore,
    string? Segment,
    ScoreStep? NextRecency,
    ScoreStep? NextFrequency,
    ScoreStep? NextMonetary);

/// <summary>What a customer needs to reach a better score, by the edges of this date.</summary>
/// <param name="Score">The score reached: the next one, or a later one where nobody can have those between.</param>
/// <param name="Threshold">Recency: at most so many days. Frequency: at least so many orders. Monetary: more than so much.</param>
/// <param name="Shortfall">The distance to the threshold: days too many, orders to come, value to come.</param>
public sealed record ScoreStep(int Score, decimal Threshold, decimal Shortfall);
