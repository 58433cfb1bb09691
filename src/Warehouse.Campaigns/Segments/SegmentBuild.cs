using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>A stored membership of a segment (<c>mart.segment_build</c>, with its members in <c>mart.segment_member</c>).</summary>
/// <param name="Key">Its key.</param>
/// <param name="Segment">The segment.</param>
/// <param name="Definition">The hash of what chose the members.</param>
/// <param name="AsOf">The date.</param>
/// <param name="Generation">The generation that it was found in.</param>
/// <param name="Members">How many members.</param>
/// <param name="Revenue">What they had brought, returns taken off.</param>
/// <param name="IsNew">Whether it was stored now; false where an equal one was stored before, which this is then.</param>
public sealed record SegmentBuild(
    int Key, string Segment, string Definition, DateOnly AsOf, int Generation, long Members, decimal Revenue, bool IsNew)
{
    /// <summary>How the reason of a generation begins that a build made.</summary>
    internal const string Reason = "segment ";

    /// <summary>Finds the members and stores them as one generation. An equal membership is not stored twice.</summary>
    public static async Task<SegmentBuild> StoreAsync(
        WarehouseDatabase database, Segment segment, IReadOnlyList<Segment> segments, PopulationOptions options, CancellationToken cancellationToken)
    {
        SegmentBuild? build = null;
        await database.PublishAsync(
            Reason + segment.Name,
            async (publication, stop) =>
            {
                var connection = publication.Connection;
                await using var people = await SegmentPeople.GatherAsync(connection, options, stop);
                await people.FindAsync(segment, segments, stop);
                build = await FoundAsync(connection, segment, people, options.AsOf, stop);
                if (!build.IsNew)
                {
                    return false;
                }

                await connection.ExecuteAsync(
                    """
                    INSERT INTO mart.segment_build (build_key, segment, definition, as_of, generation, built_at, members, revenue)
                    VALUES ($key, $segment, $definition, $as_of, $generation, $built_at, $members, $revenue)
                    """,
                    stop,
                    ("key", build.Key),
                    ("segment", build.Segment),
                    ("definition", build.Definition),
                    ("as_of", build.AsOf),
                    ("generation", build.Generation),
                    ("built_at", publication.StartedAt),
                    ("members", build.Members),
                    ("revenue", build.Revenue));
                await connection.ExecuteAsync(
                    "INSERT INTO mart.segment_member SELECT $key, customer_key, reason FROM temp.segment_found WHERE is_member ORDER BY customer_key",
                    stop,
                    ("key", build.Key));
                await people.StoreAsync(publication.Number, stop);
                return true;
            },
            cancellationToken);
        return build!;
    }

    /// <summary>What was found, under the key of an equal membership where one is stored.</summary>
    private static async Task<SegmentBuild> FoundAsync(
        DbConnection connection, Segment segment, SegmentPeople people, AsOf asOf, CancellationToken cancellationToken)
    {
        var (members, revenue) = await people.SumsAsync(cancellationToken);
        var equal = await connection.RowsAsync(
            """
            SELECT build_key, generation FROM mart.segment_build AS build
            WHERE segment = $segment AND definition = $definition AND as_of = $as_of AND members = $members AND revenue = $revenue
              AND NOT EXISTS (
                  SELECT customer_key FROM temp.segment_found WHERE is_member
                  EXCEPT SELECT customer_key FROM mart.segment_member AS member WHERE member.build_key = build.build_key)
            ORDER BY build_key DESC
            LIMIT 1
            """,
            row => (Key: row.GetInt32(0), Generation: row.GetInt32(1)),
            cancellationToken,
            ("segment", segment.Name),
            ("definition", segment.Hash),
            ("as_of", asOf.Date),
            ("members", members),
            ("revenue", revenue));
        return equal is [var known]
            ? new SegmentBuild(known.Key, segment.Name, segment.Hash, asOf.Date, known.Generation, members, revenue, IsNew: false)
            : new SegmentBuild(
                await connection.ScalarAsync<int>("SELECT (coalesce(max(build_key), -1) + 1)::INTEGER FROM mart.segment_build", cancellationToken),
                segment.Name, segment.Hash, asOf.Date, people.Generation, members, revenue, IsNew: true);
    }
}
