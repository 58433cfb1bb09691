namespace Warehouse.Pages.Campaigns;

/// <summary>A campaign, as <c>campaign show</c> answers it.</summary>
/// <param name="Hash">Of the plan's text: what one edits, and what is replaced then; null without a plan.</param>
public sealed record ShownCampaign(string Campaign, string? File, string? Hash, string? Text, IReadOnlyList<ShownWave> Waves);

/// <summary>A wave of a campaign.</summary>
/// <param name="State">planned, launched, running or closed.</param>
public sealed record ShownWave(
    int Wave, string State, string? Segment, string? Channel, string? Offer, DateOnly? StartsOn, DateOnly? EndsOn, decimal? CostPerContact, DateTimeOffset? LaunchedAt,
    long? Treated, long? Control);

/// <summary>Whom a wave would reach, as <c>campaign plan</c> answers it.</summary>
public sealed record PlannedAudience(
    string Segment, long Members, long Reachable, IReadOnlyList<PlannedArm> Arms, long Treated, long Control, PlannedDepth Depth, IReadOnlyList<string> Words);

/// <summary>How many customers an arm would get.</summary>
public sealed record PlannedArm(string Arm, long Customers);

/// <summary>What treating costs.</summary>
public sealed record PlannedDepth(decimal Cost);
