namespace Warehouse.Models.Churn.Features;

/// <summary>Features that code asks for by name; the others are named by the SQL alone.</summary>
internal static class FeatureNames
{
    public const string Recency = "recency_days";
    public const string PurchaseDays = "purchase_days";
    public const string Spent = "spent";
    public const string SpentLastYear = "spent_365";
    public const string MainChannel = "main_channel";
    public const string Tenure = "tenure_days";
    public const string ExpectedPurchases = "expected_purchases";
    public const string ExpectedInSeason = "expected_in_season";
    public const string ProbabilityAlive = "probability_alive";
    public const string SeasonAhead = "season_ahead";
}
