namespace Warehouse.Campaigns.Measurement;

/// <summary>How an experiment is measured.</summary>
public sealed record MeasurementOptions
{
    /// <summary>The rise, as a share of the control's mean, that the experiment was made to see; claims of one too small for it are refused. Null refuses none for it.</summary>
    public double? ExpectedLift { get; init; }

    /// <summary>
    /// The first date after the experiment where that is still to come: until then a claim has to stand by the always-valid interval, too.
    /// Null where the experiment is over.
    /// </summary>
    public DateOnly? OpenUntil { get; init; }

    /// <summary>Customers of all arms for which the always-valid intervals are made shortest; chosen before the first look and kept.</summary>
    public long PlannedCustomers { get; init; } = AlwaysValid.CustomaryCustomers;

    /// <summary>The shares that the arms should have, by name; they are scaled to add up to 1. Empty expects equal ones.</summary>
    public IReadOnlyDictionary<string, double> ExpectedShares { get; init; } = new Dictionary<string, double>();

    /// <summary>What is earned; null where no outcome is money.</summary>
    public ProfitTerms? Profit { get; init; }

    /// <summary>Whether to ask on whom it works, by the covariates.</summary>
    public bool HasUplift { get; init; }

    /// <summary>The seed of the bootstrap, and of who is learned from and who is judged by.</summary>
    public ulong Seed { get; init; } = 1;
}
