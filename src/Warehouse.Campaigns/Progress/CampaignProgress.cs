using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.Measurement;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Progress;

/// <summary>What came of an arm of a wave until a refresh (<c>mart.campaign_progress</c>), by intention to treat.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Wave">Which wave.</param>
/// <param name="Arm">The arm.</param>
/// <param name="IsFinal">Whether the wave's window had closed: it is not refreshed again.</param>
/// <param name="Customers">Drawn into the arm.</param>
/// <param name="Sent">Messages that left.</param>
/// <param name="Delivered">Messages that arrived.</param>
/// <param name="Bounced">Messages that came back.</param>
/// <param name="Opened">Messages that were opened.</param>
/// <param name="Clicked">Messages that were clicked.</param>
/// <param name="Replied">Messages that were answered.</param>
/// <param name="Unsubscribed">Customers who asked for no more.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Buyers">Customers with an order in the window so far.</param>
/// <param name="Spend">What they spent, returns taken off.</param>
/// <param name="Conversion">The difference of the share of buyers to the control; null of the control, and where it cannot be told yet.</param>
/// <param name="ConversionInterval">95 %, holds at every look; null with it.</param>
/// <param name="SpendUplift">The difference of the spend per customer.</param>
/// <param name="SpendInterval">95 %, holds at every look.</param>
public sealed record CampaignProgress(
    string Campaign,
    int Wave,
    string Arm,
    bool IsFinal,
    long Customers,
    long Sent,
    long Delivered,
    long Bounced,
    long Opened,
    long Clicked,
    long Replied,
    long Unsubscribed,
    decimal Cost,
    long Buyers,
    decimal Spend,
    double? Conversion,
    Interval? ConversionInterval,
    double? SpendUplift,
    Interval? SpendInterval)
{
    /// <summary>
    /// Finds what came of every wave that has begun and was not finished at its last refresh, and stores it in one turn. It is
    /// what a clock calls.
    /// </summary>
    /// <param name="database">The warehouse.</param>
    /// <param name="asOf">The date until which things count; null takes today, and what is known now.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    public static Task<IReadOnlyList<CampaignProgress>> RefreshAsync(WarehouseDatabase database, DateOnly? asOf, CancellationToken cancellationToken) =>
        database.RecordAsync<IReadOnlyList<CampaignProgress>>(
            async (connection, now, stop) =>
            {
                var zone = database.Workspace.Definition.TimeZone;
                var today = asOf ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
                var until = asOf is null ? AsOf.EndOfWithHindsight(today, zone) : AsOf.EndOf(today, zone);
                var at = asOf is null ? now : until.End.AddMicroseconds(-1);
                var generation = (await Generation.CurrentAsync(connection, stop)).Number;
                var progress = new List<CampaignProgress>();
                foreach (var wave in await ActiveAsync(connection, today, stop))
                {
                    var arms = await OfWaveAsync(connection, wave, until, at, stop);
                    foreach (var arm in arms)
                    {
                        await StoreAsync(connection, wave, arm, now, generation, stop);
                    }

                    progress.AddRange(arms);
                }

                return progress;
            },
            cancellationToken);

    private static Task<List<CampaignWave>> ActiveAsync(DbConnection connection, DateOnly today, CancellationToken cancellationToken) =>
        connection.RowsAsync(
            """
            SELECT campaign_key, campaign_id, wave, starts_on, ends_on, coalesce(cost_per_contact, 0)
            FROM star.dim_campaign AS campaign
            WHERE campaign_key <> -1 AND starts_on <= $today AND ends_on IS NOT NULL
              AND campaign_key IN (SELECT campaign_key FROM star.fact_touch)
              AND campaign_key NOT IN (SELECT campaign_key FROM mart.campaign_progress WHERE is_final)
            ORDER BY campaign_id, wave
            """,
            row => new CampaignWave(row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetFieldValue<DateOnly>(3), row.GetFieldValue<DateOnly>(4), row.GetDecimal(5)),
            cancellationToken,
            ("today", today));

    private static async Task<List<CampaignProgress>> OfWaveAsync(
        DbConnection connection, CampaignWave wave, AsOf asOf, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var effects = await EffectsAsync(connection, wave, asOf, cancellationToken);
        return await connection.RowsAsync(
            SqlFile.Read(typeof(CampaignProgress), "Progress/campaign_progress.sql"),
            row =>
            {
                var arm = row.GetString(0);
                var conversion = effects.FirstOrDefault(effect => effect.Arm == arm && effect.Outcome == "conversion");
                var spend = effects.FirstOrDefault(effect => effect.Arm == arm && effect.Outcome == "spend");
                return new CampaignProgress(
                    wave.Campaign, wave.Number, arm, asOf.Date >= wave.EndsOn, row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5),
                    row.GetInt64(6), row.GetInt64(11), row.GetInt64(7), row.GetDecimal(8), row.GetInt64(9), row.GetDecimal(10),
                    conversion?.Difference, conversion?.AlwaysValid, spend?.Difference, spend?.AlwaysValid);
            },
            cancellationToken,
            ("campaign_key", wave.Key),
            ("starts_on", wave.StartsOn),
            ("ends_on", wave.EndsOn < asOf.Date.AddDays(1) ? wave.EndsOn : asOf.Date.AddDays(1)),
            ("at", at));
    }

    /// <summary>The effects so far; none while they cannot be told, as where an arm has nobody or too few.</summary>
    private static async Task<IReadOnlyList<Effect>> EffectsAsync(DbConnection connection, CampaignWave wave, AsOf asOf, CancellationToken cancellationToken)
    {
        try
        {
            var (experiment, _) = await wave.ExperimentAsync(connection, asOf, cancellationToken);
            var sizes = experiment.Arms.Zip(experiment.Sizes).ToDictionary(arm => arm.First, arm => (double)arm.Second, StringComparer.Ordinal);
            return experiment.Sizes.Min() < AlwaysValid.FirstLook
                ? []
                : ExperimentReport.Of(experiment, new MeasurementOptions { ExpectedShares = sizes }).Effects;
        }
        catch (Exception none) when (none is UserFaultException or WrongCommandException)
        {
            return [];
        }
    }

    private static Task<int> StoreAsync(
        DbConnection connection, CampaignWave wave, CampaignProgress arm, DateTimeOffset now, int generation, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            """
            INSERT INTO mart.campaign_progress (
                campaign_key, arm, refreshed_at, generation, is_final, customers, sent, delivered, bounced, opened, clicked, unsubscribed,
                cost_amount, buyers, spend, conversion_uplift, conversion_low, conversion_high, spend_uplift, spend_low, spend_high, replied)
            VALUES ($campaign_key, $arm, $refreshed_at, $generation, $is_final, $customers, $sent, $delivered, $bounced, $opened, $clicked, $unsubscribed,
                $cost_amount, $buyers, $spend, $conversion_uplift, $conversion_low, $conversion_high, $spend_uplift, $spend_low, $spend_high, $replied)
            """,
            cancellationToken,
            ("campaign_key", wave.Key),
            ("arm", arm.Arm),
            ("refreshed_at", now),
            ("generation", generation),
            ("is_final", arm.IsFinal),
            ("customers", arm.Customers),
            ("sent", arm.Sent),
            ("delivered", arm.Delivered),
            ("bounced", arm.Bounced),
            ("opened", arm.Opened),
            ("clicked", arm.Clicked),
            ("unsubscribed", arm.Unsubscribed),
            ("cost_amount", arm.Cost),
            ("buyers", arm.Buyers),
            ("spend", arm.Spend),
            ("conversion_uplift", arm.Conversion),
            ("conversion_low", arm.ConversionInterval?.Low),
            ("conversion_high", arm.ConversionInterval?.High),
            ("spend_uplift", arm.SpendUplift),
            ("spend_low", arm.SpendInterval?.Low),
            ("spend_high", arm.SpendInterval?.High),
            ("replied", arm.Replied));
}
