using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Measurement;

/// <summary>A wave of a campaign that the warehouse knows.</summary>
/// <param name="Key">Its key in <c>star.dim_campaign</c>.</param>
/// <param name="Campaign">The campaign.</param>
/// <param name="Number">Which wave.</param>
/// <param name="StartsOn">The first date of its window.</param>
/// <param name="EndsOn">The first date after its window.</param>
/// <param name="CostPerContact">What treating one customer costs; 0 where it is not known.</param>
public sealed record CampaignWave(int Key, string Campaign, int Number, DateOnly StartsOn, DateOnly EndsOn, decimal CostPerContact)
{
    /// <summary>What is measured of every customer in the window, in this order.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = ["conversion", "spend", "margin", "returned", "complained"];

    /// <summary>What the customer had spent in the year before the window.</summary>
    public const string Covariate = "spend_before";

    private const string Both = "both";

    /// <summary>Finds a wave.</summary>
    /// <param name="connection">A connection to the warehouse.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="wave">Which wave; null where it has but one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="WrongCommandException">There is no such campaign or wave, or several and none was named.</exception>
    /// <exception cref="UserFaultException">Nobody said when it was.</exception>
    public static async Task<CampaignWave> FindAsync(DbConnection connection, string campaign, int? wave, CancellationToken cancellationToken)
    {
        var known = await connection.RowsAsync(
            "SELECT campaign_key, campaign_id, wave, starts_on, ends_on, cost_per_contact FROM star.dim_campaign WHERE campaign_key <> -1 ORDER BY campaign_id, wave",
            row => (
                Key: row.GetInt32(0), Campaign: row.GetString(1), Wave: row.GetInt32(2), StartsOn: row.ValueOrNull<DateOnly>(3),
                EndsOn: row.ValueOrNull<DateOnly>(4), Cost: row.ValueOrNull<decimal>(5)),
            cancellationToken);
        var waves = known.Where(each => each.Campaign == campaign).ToArray();
        if (waves.Length == 0)
        {
            throw new WrongCommandException(
                $"There is no campaign \"{campaign}\". {NearNames.Hint(campaign, known.Select(each => each.Campaign), "campaigns")}");
        }

        var chosen = waves.Where(each => wave is null || each.Wave == wave).ToArray();
        if (chosen is not [var found])
        {
            throw new WrongCommandException(FormattableString.Invariant(
                $"\"{campaign}\" has the waves {string.Join(", ", waves.Select(each => each.Wave))}: say which with '--wave N'. Each is an experiment of its own."));
        }

        return found is { StartsOn: { } starts, EndsOn: { } ends }
            ? new CampaignWave(found.Key, campaign, found.Wave, starts, ends, found.Cost ?? 0)
            : throw new UserFaultException(FormattableString.Invariant(
                $"Nobody said when wave {found.Wave} of \"{campaign}\" was: give starts_on and ends_on in the feed of its campaigns."));
    }

    /// <summary>The wave as an experiment, by intention to treat, from touches and sales as they were known.</summary>
    /// <returns>The experiment, and how many customers are left out because they stand in both arms.</returns>
    /// <exception cref="WrongCommandException">Nobody was drawn into the control, or nobody else.</exception>
    public async Task<(Experiment Experiment, int InBothArms)> ExperimentAsync(
        DbConnection connection, AsOf asOf, CancellationToken cancellationToken)
    {
        var last = asOf.Date.AddDays(1);
        var rows = await connection.RowsAsync(
            SqlFile.Read(typeof(CampaignWave), "Measurement/campaign_customer.sql"),
            row => (Arm: row.GetString(0), Values: Enumerable.Range(1, Outcomes.Count + 1).Select(row.GetDouble).ToArray(), IsReached: row.GetBoolean(Outcomes.Count + 2)),
            cancellationToken,
            ("campaign_key", Key),
            ("starts_on", StartsOn),
            ("ends_on", EndsOn < last ? EndsOn : last),
            ("known_before", asOf.KnownBefore));
        var drawn = rows.Where(row => row.Arm != Both).ToArray();
        return (
            new Experiment(
                "control",
                [.. drawn.Select(row => row.Arm)],
                [.. Outcomes.Select((name, place) => Column(name, place))],
                [Column(Covariate, Outcomes.Count)],
                [.. drawn.Select(row => row.IsReached)]),
            rows.Count - drawn.Length);

        ExperimentColumn Column(string name, int place) => new(name, [.. drawn.Select(row => row.Values[place])]);
    }
}
