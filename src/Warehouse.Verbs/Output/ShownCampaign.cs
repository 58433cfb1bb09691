using Warehouse.Campaigns.Progress;

namespace Warehouse.Verbs.Output;

/// <summary>A campaign as <c>campaign show</c> tells of it.</summary>
/// <param name="Campaign">Its name.</param>
/// <param name="File">The file of its plan, relative to the workspace; null where it is known from a feed alone.</param>
/// <param name="Hash">SHA-256 of the plan's text: what <c>campaign save --replaces</c> asks for.</param>
/// <param name="Text">The plan's text.</param>
/// <param name="Waves">Its waves.</param>
/// <param name="Progress">What was found at every look.</param>
internal sealed record ShownCampaign(
    string Campaign, string? File, string? Hash, string? Text, IReadOnlyList<CampaignStanding> Waves, IReadOnlyList<StoredProgress> Progress);
