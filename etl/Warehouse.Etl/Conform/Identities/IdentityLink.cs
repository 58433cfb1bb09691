namespace Warehouse.Etl.Conform.Identities;

/// <summary>A reason to take two persons for one.</summary>
/// <param name="Node">The one.</param>
/// <param name="OtherNode">The other.</param>
/// <param name="Identity">The identifier of the one whose value matched.</param>
/// <param name="OtherIdentity">That of the other.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Matched">The value.</param>
/// <param name="IsRefused">Whether something else is known of both that tells them apart.</param>
internal sealed record IdentityLink(int Node, int OtherNode, int Identity, int OtherIdentity, string Rule, string Matched, bool IsRefused);
