using System.Data.Common;
using Warehouse.Campaigns.Measurement;
using Warehouse.Campaigns.Plans;
using Warehouse.Store;

namespace Warehouse.Campaigns.Progress;

/// <summary>A wave of a campaign, planned or known from a feed, and how it stands.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Wave">Which wave.</param>
/// <param name="State">How it stands at a date.</param>
/// <param name="Segment">The segment that it is for; null where no plan says so.</param>
/// <param name="Channel">How customers are reached.</param>
/// <param name="Offer">What they are offered.</param>
/// <param name="StartsOn">The first date of its window; null where nobody said.</param>
/// <param name="EndsOn">The first date after it.</param>
/// <param name="CostPerContact">What treating one customer costs; null where it is not known.</param>
/// <param name="LaunchedAt">When it was launched here; null where it was not.</param>
/// <param name="Treated">Customers drawn to be treated; null before.</param>
/// <param name="Control">Customers drawn to be left alone.</param>
/// <param name="RefreshedAt">When what came of it was looked at last; null where it was not.</param>
/// <param name="Conversion">The difference of the share of buyers to the control then, of the largest arm; null where it cannot be told yet.</param>
/// <param name="ConversionInterval">95 %, holds at every look.</param>
public sealed record CampaignStanding(
    string Campaign,
    int Wave,
    WaveState State,
    string? Segment,
    string? Channel,
    string? Offer,
    DateOnly? StartsOn,
    DateOnly? EndsOn,
    decimal? CostPerContact,
    DateTimeOffset? LaunchedAt,
    long? Treated,
    long? Control,
    DateTimeOffset? RefreshedAt,
    double? Conversion,
    Interval? ConversionInterval)
{
    /// <summary>Every wave that is planned or known, by campaign and wave.</summary>
    /// <param name="connection">A connection to the warehouse.</param>
    /// <param name="plans">The plans of the workspace.</param>
    /// <param name="today">The date at which they stand.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<CampaignStanding>> AllAsync(
        DbConnection connection, IReadOnlyList<CampaignPlan> plans, DateOnly today, CancellationToken cancellationToken)
    {
        var known = await connection.RowsAsync(
            SqlFile.Read(typeof(CampaignStanding), "Progress/campaign_standing.sql"),
            row => new CampaignStanding(
                row.GetString(0), row.GetInt32(1), WaveState.Planned, null, row.TextOrNull(2), row.TextOrNull(3), row.ValueOrNull<DateOnly>(4),
                row.ValueOrNull<DateOnly>(5), row.ValueOrNull<decimal>(6), row.ValueOrNull<DateTimeOffset>(7), row.ValueOrNull<long>(8), row.ValueOrNull<long>(9),
                row.ValueOrNull<DateTimeOffset>(10), row.ValueOrNull<double>(11),
                row.ValueOrNull<double>(12) is { } low && row.ValueOrNull<double>(13) is { } high ? new Interval(low, high) : null),
            cancellationToken);
        var planned = plans.SelectMany(plan => plan.Waves.Select(wave => new CampaignStanding(
            plan.Name, wave.Number, WaveState.Planned, plan.Segment, plan.Channel, plan.Offer, wave.StartsOn, wave.EndsOn, plan.CostPerContact,
            null, null, null, null, null, null)));
        return
        [
            .. known.Concat(planned).GroupBy(wave => (wave.Campaign, wave.Wave))
                .Select(waves => waves.First() with { Segment = waves.Last().Segment })
                .Select(wave => wave with { State = StateOf(wave, today) })
                .OrderBy(wave => wave.Campaign, StringComparer.Ordinal).ThenBy(wave => wave.Wave),
        ];
    }

    private static WaveState StateOf(CampaignStanding wave, DateOnly today) =>
        wave.Treated is null && wave.Control is null ? WaveState.Planned
        : wave.StartsOn > today ? WaveState.Launched
        : wave.EndsOn > today ? WaveState.Running
        : WaveState.Closed;
}

/// <summary>How a wave stands.</summary>
public enum WaveState
{
    /// <summary>Nobody is drawn yet.</summary>
    Planned,

    /// <summary>Its customers are drawn, and its window has not begun.</summary>
    Launched,

    /// <summary>Its window is open.</summary>
    Running,

    /// <summary>Its window has closed.</summary>
    Closed,
}
