namespace Warehouse.Models.Churn.Features;

/// <summary>The customers of a date with their features.</summary>
/// <param name="AsOf">The date.</param>
/// <param name="CustomerKeys">The customer of each row, rising.</param>
/// <param name="Features">The features, a row a customer.</param>
public sealed record Cohort(ChurnDate AsOf, int[] CustomerKeys, FeatureTable Features);
