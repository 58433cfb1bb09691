using Warehouse.Analysis.Populations;

namespace Warehouse.Analysis.ValueTiers;

/// <summary>How customers are ranked by value.</summary>
/// <param name="Population">Whose sales, of which time, and what value is.</param>
public sealed record TierOptions(PopulationOptions Population)
{
    /// <summary>Whether customers whose value is zero or less belong to the population. Default: they do not.</summary>
    public Counting ZeroSpenders { get; init; } = Counting.LeftOut;

    /// <summary>How tiers are cut. Default: A, B and C by 80, 95 and 100 % of the value.</summary>
    public TierRule Rule { get; init; } = TierRule.ByValue;
}
