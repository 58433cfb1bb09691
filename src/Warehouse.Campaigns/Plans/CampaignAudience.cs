using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.ControlGroups;
using Warehouse.Campaigns.Segments;
using Warehouse.Campaigns.Suppression;
using Warehouse.Store;

namespace Warehouse.Campaigns.Plans;

/// <summary>Whom a wave would reach at an instant, whom it leaves out and why, and what it could show.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Wave">Which wave.</param>
/// <param name="Definition">The hash of the plan.</param>
/// <param name="Segment">The segment.</param>
/// <param name="SegmentDefinition">The hash of what chose the members.</param>
/// <param name="Generation">The generation of the warehouse that they were found in.</param>
/// <param name="AsOf">The date that the segment was found for.</param>
/// <param name="At">The instant: consents, complaints and touches until then count.</param>
/// <param name="Members">Members of the segment: those of all steps and those reached together.</param>
/// <param name="Steps">Who is left out, by the first reason that holds, in the plan's order.</param>
/// <param name="Reachable">Whom no reason leaves out: the arms together.</param>
/// <param name="Arms">The arms, the control first.</param>
/// <param name="Depth">What treating is expected to bring.</param>
/// <param name="Power">What the arms can show.</param>
public sealed record CampaignAudience(
    string Campaign,
    int Wave,
    string Definition,
    string Segment,
    string SegmentDefinition,
    int Generation,
    DateOnly AsOf,
    DateTimeOffset At,
    long Members,
    IReadOnlyList<SuppressionStep> Steps,
    long Reachable,
    IReadOnlyList<DrawnArm> Arms,
    ProfitDepth Depth,
    PlannedPower Power)
{
    /// <summary>Customers who are to be treated.</summary>
    public long Treated => Arms.Where(arm => arm.Arm != ControlGroup.ControlArm).Sum(arm => arm.Customers);

    /// <summary>Customers who are left alone for comparison.</summary>
    public long Control => Arms.Where(arm => arm.Arm == ControlGroup.ControlArm).Sum(arm => arm.Customers);

    /// <summary>What a marketer has to know, as sentences.</summary>
    public IReadOnlyList<string> Words => [.. Power.Words, .. Depth.Words];

    /// <summary>Finds whom the wave would reach. All members stay in <c>temp.campaign_draw</c> of the connection.</summary>
    /// <param name="connection">A connection to the warehouse.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="wave">Which of its waves.</param>
    /// <param name="policy">What holds for every campaign.</param>
    /// <param name="segments">The segments of the workspace.</param>
    /// <param name="options">As of when the segment is found.</param>
    /// <param name="at">The instant of the launch.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="Definitions.WrongCommandException">There is no such segment.</exception>
    public static async Task<CampaignAudience> FindAsync(
        DbConnection connection,
        CampaignPlan plan,
        PlannedWave wave,
        ContactPolicy policy,
        IReadOnlyList<Segment> segments,
        PopulationOptions options,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        var segment = Segments.Segment.Find(segments, plan.Segment);
        await using var people = await SegmentPeople.GatherAsync(connection, options, cancellationToken);
        await people.FindAsync(segment, segments, cancellationToken);
        await CandidatesAsync(connection, plan, wave, policy, at, cancellationToken);
        await connection.ExecuteAsync(
            SqlFile.Read(typeof(CampaignAudience), "Plans/purchase_chance.sql"),
            cancellationToken,
            ("as_of", options.AsOf.Date),
            ("known_before", options.AsOf.KnownBefore),
            ("days", wave.Days));
        var margin = plan.Objective.Margin ?? await ProfitDepth.MarginAsync(connection, options.AsOf, cancellationToken);
        await DrawAsync(connection, plan, wave, margin, cancellationToken);
        return await ReadAsync(connection, plan, wave, segment, people.Generation, options.AsOf.Date, at, margin, cancellationToken);
    }

    private static Task<int> CandidatesAsync(
        DbConnection connection, CampaignPlan plan, PlannedWave wave, ContactPolicy policy, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ContactCap[] caps = [.. policy.Caps.Concat(plan.Caps).Distinct()];
        return connection.ExecuteAsync(
            SqlFile.Read(typeof(CampaignAudience), "Suppression/campaign_candidate.sql"),
            cancellationToken,
            ("channel", plan.Channel),
            ("at", at),
            ("campaign", plan.Name),
            ("wave", wave.Number),
            ("starts_on", wave.StartsOn),
            ("ends_on", wave.EndsOn),
            ("cap_touches", caps.Select(cap => cap.Touches).ToArray()),
            ("cap_since", caps.Select(cap => at.AddDays(-cap.Days)).ToArray()),
            ("cap_channel", caps.Select(cap => cap.Channel ?? "").ToArray()),
            ("held_out_seed", policy.HoldOut?.Seed ?? ""),
            ("held_out", (long)((policy.HoldOut?.Share ?? 0) * 1_000_000)));
    }

    /// <summary>Draws the arms. Where chance puts more into treatment than the budget pays, the list ends earlier.</summary>
    private static async Task DrawAsync(
        DbConnection connection, CampaignPlan plan, PlannedWave wave, decimal? margin, CancellationToken cancellationToken)
    {
        var treatedShare = 1 - plan.Control.Arms[0].Share;
        var affordable = plan is { Budget: { } budget, CostPerContact: > 0 } ? (long)Math.Min(budget / plan.CostPerContact, int.MaxValue) : int.MaxValue;
        var most = Math.Min(plan.Depth.Most ?? int.MaxValue, (long)Math.Min(affordable / treatedShare, int.MaxValue));
        var (draw, arms) = ArmSql.Write(plan.Control, plan.Control.SeedOf(plan.Name, wave.Number));
        while (true)
        {
            await connection.ExecuteAsync(
                SuppressionSql.Choose(plan.Suppressions),
                cancellationToken,
                ("lift", (double?)plan.Objective.ExpectedLift),
                ("margin", (double?)margin),
                ("cost", (double)plan.CostPerContact),
                ("by_profit", plan.Depth.IsByProfit),
                ("most", most));
            await connection.ExecuteAsync(draw, cancellationToken, arms);
            var treated = await connection.ScalarAsync<long>(
                $"SELECT count(*) FROM temp.campaign_draw WHERE arm <> '{ControlGroup.ControlArm}'", cancellationToken);
            if (treated <= affordable)
            {
                return;
            }

            most = Math.Max(0, most - (treated - affordable));
        }
    }

    private static async Task<CampaignAudience> ReadAsync(
        DbConnection connection,
        CampaignPlan plan,
        PlannedWave wave,
        Segment segment,
        int generation,
        DateOnly asOf,
        DateTimeOffset at,
        decimal? margin,
        CancellationToken cancellationToken)
    {
        var counts = await connection.RowsAsync(
            "SELECT suppression, arm, count(*) FROM temp.campaign_draw GROUP BY ALL",
            row => (Suppression: row.TextOrNull(0), Arm: row.TextOrNull(1), Customers: row.GetInt64(2)),
            cancellationToken);
        DrawnArm[] arms = [.. plan.Control.Arms.Select(arm => new DrawnArm(arm.Arm, counts.Where(count => count.Arm == arm.Arm).Sum(count => count.Customers)))];
        var members = counts.Sum(count => count.Customers);
        var remaining = members;
        var steps = plan.Suppressions.Select(rule =>
        {
            var left = counts.Where(count => count.Suppression == rule.Words).Sum(count => count.Customers);
            return new SuppressionStep(rule.Name, rule.Words, left, remaining -= left);
        }).ToArray();
        return new CampaignAudience(
            plan.Name,
            wave.Number,
            plan.Hash,
            segment.Name,
            segment.Hash,
            generation,
            asOf,
            at,
            members,
            steps,
            arms.Sum(arm => arm.Customers),
            arms,
            await ProfitDepth.OfDrawAsync(connection, plan, margin, cancellationToken),
            await PlannedPower.OfDrawAsync(connection, plan, wave, arms, cancellationToken));
    }
}

/// <summary>How many customers an arm would get.</summary>
public sealed record DrawnArm(string Arm, long Customers);
