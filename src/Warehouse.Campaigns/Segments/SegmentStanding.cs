using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>A segment of a workspace, and what is known of its members.</summary>
/// <param name="Segment">The definition.</param>
/// <param name="Now">Who is in it as of a date; null where it was not counted.</param>
/// <param name="Last">The membership that was stored last; null where none was.</param>
/// <param name="Freshness">Whether that is what a build would store now.</param>
public sealed record SegmentStanding(Segment Segment, SegmentSums? Now, StoredMembership? Last, Freshness Freshness)
{
    /// <summary>The memberships that were stored, and how fresh they are.</summary>
    /// <param name="connection">A connection to the warehouse.</param>
    /// <param name="segments">Every segment of the workspace.</param>
    /// <param name="options">Whose sales are scored, and as of when, to count who is in them; null counts nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<SegmentStanding>> AllAsync(
        DbConnection connection, IReadOnlyList<Segment> segments, PopulationOptions? options, CancellationToken cancellationToken)
    {
        var stored = (await StoredMembership.AllAsync(connection, cancellationToken)).ToLookup(membership => membership.Segment, StringComparer.Ordinal);
        var changed = await connection.ScalarAsync<int>(
            $"""
            SELECT coalesce(max(generation), 0)::INTEGER
            FROM ops.generation
            WHERE NOT starts_with(reason, '{SegmentBuild.Reason}') AND NOT starts_with(reason, '{Launches.CampaignLaunch.Reason}')
            """,
            cancellationToken);
        var sums = options is null ? [] : await CountAsync(connection, segments, options, cancellationToken);
        return
        [
            .. segments.Select(segment =>
            {
                var last = stored[segment.Name].LastOrDefault();
                return new SegmentStanding(segment, sums.GetValueOrDefault(segment.Name), last, FreshnessOf(segment, last, changed));
            }),
        ];
    }

    private static Freshness FreshnessOf(Segment segment, StoredMembership? last, int changed) =>
        last is null ? Freshness.NeverBuilt
        : last.Definition != segment.Hash ? Freshness.OtherDefinition
        : last.Generation < changed ? Freshness.OlderData
        : Freshness.Fresh;

    private static async Task<Dictionary<string, SegmentSums>> CountAsync(
        DbConnection connection, IReadOnlyList<Segment> segments, PopulationOptions options, CancellationToken cancellationToken)
    {
        await using var people = await SegmentPeople.GatherAsync(connection, options, cancellationToken);
        var sums = new Dictionary<string, SegmentSums>(StringComparer.Ordinal);
        foreach (var segment in segments)
        {
            await people.FindAsync(segment, segments, cancellationToken, FoundScope.Keys);
            var (members, revenue) = await people.SumsAsync(cancellationToken);
            sums.Add(segment.Name, new SegmentSums(members, revenue));
        }

        return sums;
    }
}

/// <summary>How many are in a segment, and what they have brought, returns taken off.</summary>
public sealed record SegmentSums(long Members, decimal Revenue);

/// <summary>Whether a stored membership is what a build would store now.</summary>
public enum Freshness
{
    /// <summary>None was stored.</summary>
    NeverBuilt,

    /// <summary>The segment was defined otherwise then.</summary>
    OtherDefinition,

    /// <summary>Something was loaded since.</summary>
    OlderData,

    /// <summary>It is.</summary>
    Fresh,
}

/// <summary>A membership as it was stored (<c>mart.segment_build</c>).</summary>
public sealed record StoredMembership(
    int Key, string Segment, string Definition, DateOnly AsOf, int Generation, DateTimeOffset BuiltAt, long Members, decimal Revenue)
{
    /// <summary>Every one, in the order in which they were stored.</summary>
    public static Task<List<StoredMembership>> AllAsync(DbConnection connection, CancellationToken cancellationToken) => connection.RowsAsync(
        "SELECT build_key, segment, definition, as_of, generation, built_at, members, revenue FROM mart.segment_build ORDER BY build_key",
        row => new StoredMembership(
            row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateOnly>(3), row.GetInt32(4), row.GetFieldValue<DateTimeOffset>(5),
            row.GetInt64(6), row.GetDecimal(7)),
        cancellationToken);
}
