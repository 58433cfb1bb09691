namespace Warehouse.Models.Churn.Scoring;

/// <summary>How probabilities are called.</summary>
/// <param name="High">From this probability on the risk is high.</param>
/// <param name="Medium">From this probability on it is medium; below it is low.</param>
public sealed record RiskBands(double High, double Medium)
{
    /// <summary>The bands, the riskiest first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["high", "medium", "low"];

    /// <summary>The band of a probability.</summary>
    public string Of(double probability) => probability >= High ? Names[0] : probability >= Medium ? Names[1] : Names[2];
}
