using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>How much of a segment is in another one, too.</summary>
/// <param name="Segment">The other segment.</param>
/// <param name="Members">How many members that has.</param>
/// <param name="Shared">How many are in both.</param>
public sealed record SegmentOverlap(string Segment, long Members, long Shared)
{
    /// <summary>The overlap with every other segment of the workspace, by their names.</summary>
    public static async Task<IReadOnlyList<SegmentOverlap>> FindAsync(
        DbConnection connection, Segment segment, IReadOnlyList<Segment> segments, PopulationOptions options, CancellationToken cancellationToken)
    {
        await using var people = await SegmentPeople.GatherAsync(connection, options, cancellationToken);
        await people.FindAsync(segment, segments, cancellationToken);
        await connection.ExecuteAsync(
            "CREATE OR REPLACE TEMP TABLE segment_first AS SELECT customer_key FROM temp.segment_found WHERE is_member", cancellationToken);
        var overlaps = new List<SegmentOverlap>();
        foreach (var other in segments.Where(other => other.Name != segment.Name))
        {
            await people.FindAsync(other, segments, cancellationToken);
            overlaps.AddRange(await connection.RowsAsync(
                """
                SELECT count(*), count(first.customer_key)
                FROM temp.segment_found AS found LEFT JOIN temp.segment_first AS first ON first.customer_key = found.customer_key
                WHERE found.is_member
                """,
                row => new SegmentOverlap(other.Name, row.GetInt64(0), row.GetInt64(1)),
                cancellationToken));
        }

        await connection.ExecuteAsync("DROP TABLE temp.segment_first", cancellationToken);
        return overlaps;
    }
}
