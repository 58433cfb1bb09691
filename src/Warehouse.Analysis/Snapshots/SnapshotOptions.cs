using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Lifecycle;
using Warehouse.Analysis.Lifetimes;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Analysis.ValueTiers;
using Warehouse.Store;

namespace Warehouse.Analysis.Snapshots;

/// <summary>What is stored of every customer as of a date.</summary>
/// <param name="AsOf">The date.</param>
public sealed record SnapshotOptions(AsOf AsOf)
{
    /// <summary>How far back RFM and tiers look. Default: all.</summary>
    public Window Window { get; init; } = Window.All;

    /// <summary>The rules of lifecycle stages. Default: the customary eight.</summary>
    public StageMap Stages { get; init; } = StageMap.Customary;

    /// <summary>What names the cells of RFM scores. Default: the customary eleven.</summary>
    public SegmentMap Segments { get; init; } = SegmentMap.Customary;

    /// <summary>Whether lifetime models are fitted too: they take most of the time. Default: they are.</summary>
    public bool WithLifetime { get; init; } = true;

    internal PopulationOptions Population => new(AsOf) { Window = Window };

    internal LifetimeOptions Lifetime => new(AsOf);

    internal string Definition => DefinitionHash.Of(
        "snapshot",
        Population.Canonical,
        AsOf.Zone,
        Segments.Hash,
        TierRule.ByValue.ToString(),
        Stages.Hash,
        WithLifetime ? Lifetime.Canonical : "",
        CustomerActivity.Sql,
        CustomerSales.Sql,
        SqlFile.Read(typeof(RfmScores), "Rfm/edges.sql"),
        RfmScoring.Sql,
        SqlFile.Read(typeof(CustomerTiers), "ValueTiers/value_rank.sql"),
        SqlFile.Read(typeof(CustomerTiers), "ValueTiers/tier_cut.sql"),
        TierCuts.Sql,
        CustomerStages.Definition,
        SqlFile.Read(typeof(SnapshotOptions), "Snapshots/store.sql"));
}
