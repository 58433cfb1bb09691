using System.Data.Common;
using Warehouse.Campaigns.Measurement;
using Warehouse.Store;

namespace Warehouse.Campaigns.Progress;

/// <summary>What a refresh found of an arm of a wave (<c>mart.campaign_progress</c>).</summary>
/// <param name="Wave">Which wave.</param>
/// <param name="Arm">The arm.</param>
/// <param name="RefreshedAt">When.</param>
/// <param name="Customers">Drawn into the arm.</param>
/// <param name="Sent">Messages that left.</param>
/// <param name="Delivered">Messages that arrived.</param>
/// <param name="Opened">Messages that were opened.</param>
/// <param name="Clicked">Messages that were clicked.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Buyers">Customers with an order in the window so far.</param>
/// <param name="Spend">What they spent, returns taken off.</param>
/// <param name="Conversion">The difference of the share of buyers to the control; null of the control, and where it could not be told.</param>
/// <param name="ConversionInterval">95 %, holds at every look; null with it.</param>
public sealed record StoredProgress(
    int Wave, string Arm, DateTimeOffset RefreshedAt, long Customers, long Sent, long Delivered, long Opened, long Clicked, decimal Cost, long Buyers, decimal Spend,
    double? Conversion, Interval? ConversionInterval)
{
    /// <summary>Everything that was found of a campaign, by wave, instant and arm, the control first.</summary>
    public static Task<List<StoredProgress>> OfAsync(DbConnection connection, string campaign, CancellationToken cancellationToken) => connection.RowsAsync(
        """
        SELECT
            campaign.wave, progress.arm, progress.refreshed_at, progress.customers, progress.sent, progress.delivered, progress.opened, progress.clicked,
            progress.cost_amount, progress.buyers, progress.spend, progress.conversion_uplift, progress.conversion_low, progress.conversion_high
        FROM mart.campaign_progress AS progress
        JOIN star.dim_campaign AS campaign ON campaign.campaign_key = progress.campaign_key
        WHERE campaign.campaign_id = $campaign
        ORDER BY campaign.wave, progress.refreshed_at, progress.arm <> 'control', progress.arm
        """,
        row => new StoredProgress(
            row.GetInt32(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7),
            row.GetDecimal(8), row.GetInt64(9), row.GetDecimal(10), row.ValueOrNull<double>(11),
            row.ValueOrNull<double>(12) is { } low && row.ValueOrNull<double>(13) is { } high ? new Interval(low, high) : null),
        cancellationToken,
        ("campaign", campaign));
}
