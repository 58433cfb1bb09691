using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.Plans;
using Warehouse.Campaigns.Segments;
using Warehouse.Campaigns.Suppression;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Launches;

/// <summary>
/// A launched wave (<c>ops.campaign_launch</c>): its touches, treated and control, are in <c>star.fact_touch</c>, and every member of
/// its segment, with arm or suppression and reason, is in <c>mart.campaign_member</c>.
/// </summary>
/// <param name="Key">Its key.</param>
/// <param name="CampaignKey">The wave's key in <c>star.dim_campaign</c>.</param>
/// <param name="Campaign">The campaign.</param>
/// <param name="Wave">Which wave.</param>
/// <param name="Definition">The hash of the plan that it was launched by.</param>
/// <param name="LaunchedAt">When.</param>
/// <param name="Generation">The generation that it made.</param>
/// <param name="Members">Members of the segment then.</param>
/// <param name="Treated">Customers drawn to be treated.</param>
/// <param name="Control">Customers drawn to be left alone.</param>
/// <param name="MemberHash">SHA-256 of the customers with their arms and suppressions.</param>
public sealed record CampaignLaunch(
    int Key,
    int CampaignKey,
    string Campaign,
    int Wave,
    string Definition,
    DateTimeOffset LaunchedAt,
    int Generation,
    long Members,
    long Treated,
    long Control,
    string MemberHash)
{
    /// <summary>How the reason of a generation begins that a launch made.</summary>
    internal const string Reason = "campaign ";

    /// <summary>The launch of a wave, or null where it was not launched.</summary>
    public static async Task<CampaignLaunch?> FindAsync(DbConnection connection, string campaign, int wave, CancellationToken cancellationToken) =>
        (await AllAsync(connection, cancellationToken)).Find(launch => launch.Campaign == campaign && launch.Wave == wave);

    /// <summary>Every launch, in their order.</summary>
    public static Task<List<CampaignLaunch>> AllAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.RowsAsync(
            """
            SELECT launch_key, campaign_key, campaign, wave, definition, launched_at, generation, members, treated, control, member_hash
            FROM ops.campaign_launch
            ORDER BY launch_key
            """,
            row => new CampaignLaunch(
                row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetInt32(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5),
                row.GetInt32(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetString(10)),
            cancellationToken);

    /// <summary>The shares of the arms by the plan that a wave was launched by; empty where it was not launched here.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> SharesAsync(DbConnection connection, string campaign, int wave, CancellationToken cancellationToken) =>
        (await connection.RowsAsync(
            "SELECT plan FROM ops.campaign_launch WHERE campaign = $campaign AND wave = $wave",
            row => PlanReader.Read(row.GetString(0), campaign, campaign).Control.Arms,
            cancellationToken,
            ("campaign", campaign),
            ("wave", wave)))
        .SelectMany(arms => arms)
        .ToDictionary(arm => arm.Arm, arm => (double)arm.Share, StringComparer.Ordinal);

    /// <summary>
    /// Launches a wave as one generation. Launches take turns, and each sees the touches of those before it, so caps hold
    /// whatever is launched at the same moment. A wave that was launched before is left as it is.
    /// </summary>
    /// <returns>The launch, and whom it reached; the audience is null where the wave was launched before.</returns>
    /// <exception cref="UserFaultException">Nobody is left to treat, or a feed brought touches of the wave.</exception>
    public static async Task<(CampaignLaunch Launch, CampaignAudience? Audience)> RunAsync(
        WarehouseDatabase database,
        CampaignPlan plan,
        PlannedWave wave,
        ContactPolicy policy,
        IReadOnlyList<Segment> segments,
        PopulationOptions options,
        CancellationToken cancellationToken)
    {
        CampaignLaunch? launch = null;
        CampaignAudience? audience = null;
        await database.PublishAsync(
            FormattableString.Invariant($"{Reason}{plan.Name} wave {wave.Number}"),
            async (publication, stop) =>
            {
                var connection = publication.Connection;
                launch = await FindAsync(connection, plan.Name, wave.Number, stop);
                if (launch is not null)
                {
                    return false;
                }

                audience = await CampaignAudience.FindAsync(connection, plan, wave, policy, segments, options, publication.StartedAt, stop);
                if (audience.Treated == 0)
                {
                    throw new UserFaultException(FormattableString.Invariant(
                        $"Nobody is left to treat of the {audience.Members:#,##0} members of \"{plan.Segment}\". 'warehouse campaign plan {plan.Name}' tells why."));
                }

                launch = new CampaignLaunch(
                    await connection.ScalarAsync<int>("SELECT (coalesce(max(launch_key), -1) + 1)::INTEGER FROM ops.campaign_launch", stop),
                    await WaveKeyAsync(publication, plan, wave, stop),
                    plan.Name, wave.Number, plan.Hash, publication.StartedAt, publication.Number, audience.Members, audience.Treated, audience.Control,
                    await MemberHashAsync(connection, stop));
                await TouchAsync(publication, launch, plan, database.Workspace.Definition.TimeZone, stop);
                await FreezeAsync(connection, launch, plan, audience, stop);
                return true;
            },
            cancellationToken);
        return (launch!, audience);
    }

    private static async Task<int> WaveKeyAsync(Publication publication, CampaignPlan plan, PlannedWave wave, CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        var known = await connection.RowsAsync(
            """
            SELECT campaign_key, (SELECT count(*) FROM star.fact_touch AS touch WHERE touch.campaign_key = campaign.campaign_key)
            FROM star.dim_campaign AS campaign
            WHERE campaign_id = $campaign AND wave = $wave
            """,
            row => (Key: row.GetInt32(0), Touches: row.GetInt64(1)),
            cancellationToken,
            ("campaign", plan.Name),
            ("wave", wave.Number));
        if (known is [{ Touches: > 0 }])
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"Wave {wave.Number} of \"{plan.Name}\" has {known[0].Touches:#,##0} touches that a feed brought. Nobody is drawn twice: give the plan another name or wave."));
        }

        var key = known is [var only]
            ? only.Key
            : await connection.ScalarAsync<int>("SELECT (max(campaign_key) + 1)::INTEGER FROM star.dim_campaign", cancellationToken);
        await connection.ExecuteAsync("DELETE FROM star.dim_campaign WHERE campaign_key = $key", cancellationToken, ("key", key));
        await connection.ExecuteAsync(
            SqlFile.Read(typeof(CampaignLaunch), "Launches/campaign_wave.sql"),
            cancellationToken,
            ("key", key),
            ("campaign", plan.Name),
            ("wave", wave.Number),
            ("channel", plan.Channel),
            ("offer", plan.Offer),
            ("starts_on", wave.StartsOn),
            ("ends_on", wave.EndsOn),
            ("cost", plan.CostPerContact),
            ("at", publication.StartedAt),
            ("generation", publication.Number));
        return key;
    }

    private static Task<int> TouchAsync(
        Publication publication, CampaignLaunch launch, CampaignPlan plan, TimeZoneInfo zone, CancellationToken cancellationToken) =>
        publication.Connection.ExecuteAsync(
            SqlFile.Read(typeof(CampaignLaunch), "Launches/campaign_touch.sql"),
            cancellationToken,
            ("campaign_key", launch.CampaignKey),
            ("date", DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(publication.StartedAt, zone).DateTime)),
            ("at", publication.StartedAt),
            ("cost", plan.CostPerContact),
            ("generation", publication.Number));

    private static async Task FreezeAsync(
        DbConnection connection, CampaignLaunch launch, CampaignPlan plan, CampaignAudience audience, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            """
            INSERT INTO mart.campaign_member (launch_key, customer_key, arm, suppression, reason, stratum, value, expected_profit)
            SELECT $launch_key, customer_key, arm, suppression, reason, stratum, value, expected_profit
            FROM temp.campaign_draw
            ORDER BY customer_key
            """,
            cancellationToken,
            ("launch_key", launch.Key));
        await connection.ExecuteAsync(
            """
            INSERT INTO ops.campaign_launch (
                launch_key, campaign_key, campaign, wave, definition, segment, segment_definition, as_of, launched_at, generation,
                members, treated, control, member_hash, plan)
            VALUES (
                $launch_key, $campaign_key, $campaign, $wave, $definition, $segment, $segment_definition, $as_of, $launched_at, $generation,
                $members, $treated, $control, $member_hash, $plan)
            """,
            cancellationToken,
            ("launch_key", launch.Key),
            ("campaign_key", launch.CampaignKey),
            ("campaign", launch.Campaign),
            ("wave", launch.Wave),
            ("definition", launch.Definition),
            ("segment", audience.Segment),
            ("segment_definition", audience.SegmentDefinition),
            ("as_of", audience.AsOf),
            ("launched_at", launch.LaunchedAt),
            ("generation", launch.Generation),
            ("members", launch.Members),
            ("treated", launch.Treated),
            ("control", launch.Control),
            ("member_hash", launch.MemberHash),
            ("plan", plan.Text));
    }

    private static async Task<string> MemberHashAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        const int BlockLength = 1 << 16;
        var rows = new StringBuilder();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var command = connection.Command("SELECT customer_key, arm, suppression FROM temp.campaign_draw ORDER BY customer_key");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Append(CultureInfo.InvariantCulture, $"{reader.GetInt32(0)}\t{reader.TextOrNull(1)}\t{reader.TextOrNull(2)}\n");
            if (rows.Length > BlockLength)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(rows.ToString()));
                rows.Clear();
            }
        }

        hash.AppendData(Encoding.UTF8.GetBytes(rows.ToString()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
