namespace Warehouse.Pages.Segments;

/// <summary>Who is in a segment, as <c>segment preview</c> answers it.</summary>
public sealed record SegmentPreview(
    string Segment,
    string Definition,
    int Generation,
    string AsOf,
    long Members,
    decimal Revenue,
    IReadOnlyList<SegmentOverlap> Overlaps,
    IReadOnlyList<SegmentExample> Examples,
    IReadOnlyList<string> Doubts);

/// <summary>How many are also in another segment.</summary>
public sealed record SegmentOverlap(string Segment, long Members, long Shared);

/// <summary>A member and why it is one.</summary>
public sealed record SegmentExample(string CustomerId, string? Country, int? RecencyDays, long Orders, decimal Value, string Reason);

/// <summary>A segment's definition, as <c>segment show</c> answers it.</summary>
/// <param name="Hash">Of the text: what one edits, and what is replaced then.</param>
public sealed record SegmentDefinition(string Segment, string? Description, string File, string Hash, string Text, string Freshness);
