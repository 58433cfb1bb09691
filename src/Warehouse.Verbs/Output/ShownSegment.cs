using Warehouse.Campaigns.Saving;
using Warehouse.Campaigns.Segments;

namespace Warehouse.Verbs.Output;

/// <summary>A segment as <c>segment show</c> tells of it.</summary>
/// <param name="Segment">Its name.</param>
/// <param name="Description">What it is for, in words; null where it does not say.</param>
/// <param name="File">The file that defines it, relative to the workspace.</param>
/// <param name="Hash">SHA-256 of the file's text: what <c>segment save --replaces</c> asks for.</param>
/// <param name="Definition">The hash that its memberships bear.</param>
/// <param name="Text">The file's text.</param>
/// <param name="Freshness">Whether the membership stored last is what a build would store now.</param>
/// <param name="Builds">The memberships that were stored, the first first.</param>
internal sealed record ShownSegment(
    string Segment, string? Description, string File, string Hash, string Definition, string Text, Freshness Freshness, IReadOnlyList<StoredMembership> Builds)
{
    public static ShownSegment Of(SegmentStanding standing, string text, IReadOnlyList<StoredMembership> builds) => new(
        standing.Segment.Name, standing.Segment.Description?.Trim(), standing.Segment.File, SavedDefinition.HashOf(text), standing.Segment.Hash, text,
        standing.Freshness, builds);
}
