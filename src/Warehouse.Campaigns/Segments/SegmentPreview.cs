using System.Data.Common;
using Warehouse.Analysis.Populations;

namespace Warehouse.Campaigns.Segments;

/// <summary>A segment at a glance.</summary>
/// <param name="Segment">Its name.</param>
/// <param name="Definition">The hash of what chose the members.</param>
/// <param name="Generation">The generation of the warehouse that it was found in.</param>
/// <param name="AsOf">The date.</param>
/// <param name="Members">How many members.</param>
/// <param name="Revenue">What they have brought, returns taken off.</param>
/// <param name="Overlaps">How many of them are in each of the other segments, by name.</param>
/// <param name="Examples">The most valuable members, with the reasons.</param>
/// <param name="Doubts">Values in the definition that nothing in the warehouse has, as sentences.</param>
public sealed record SegmentPreview(
    string Segment,
    string Definition,
    int Generation,
    DateOnly AsOf,
    long Members,
    decimal Revenue,
    IReadOnlyList<SegmentOverlap> Overlaps,
    IReadOnlyList<SegmentMember> Examples,
    IReadOnlyList<string> Doubts)
{
    /// <summary>Looks at a segment.</summary>
    /// <param name="connection">A connection to the warehouse.</param>
    /// <param name="segment">The definition.</param>
    /// <param name="segments">Every segment of the workspace.</param>
    /// <param name="options">Whose sales are scored, and as of when.</param>
    /// <param name="examples">So many members are shown.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<SegmentPreview> FindAsync(
        DbConnection connection, Segment segment, IReadOnlyList<Segment> segments, PopulationOptions options, int examples, CancellationToken cancellationToken)
    {
        await using var people = await SegmentPeople.GatherAsync(connection, options, cancellationToken);
        Segment[] others = [.. segments.Where(other => other.Name != segment.Name)];
        var (members, revenue, overlaps, best) = await people.CountAsync(segment, others, segments, examples, cancellationToken);
        await people.ExplainAsync(segment, segments, best, cancellationToken);
        return new SegmentPreview(
            segment.Name, segment.Hash, people.Generation, options.AsOf.Date, members, revenue, overlaps,
            await people.MembersAsync(examples, cancellationToken),
            await SegmentDoubts.FindAsync(connection, segment, segments, cancellationToken));
    }
}

/// <summary>How much of a segment is in another one, too.</summary>
/// <param name="Segment">The other segment.</param>
/// <param name="Members">How many members that has.</param>
/// <param name="Shared">How many are in both.</param>
public sealed record SegmentOverlap(string Segment, long Members, long Shared);
