namespace Warehouse.Cubes.Model;

/// <summary>How members of a dimension stand above each other: agents under team leads, categories in categories.</summary>
/// <param name="Parent">
/// The column with the key of the member above. A member is at the top where it has none, its own key, or that of the unknown member.
/// </param>
/// <param name="Label">The attribute by which members are called in paths and levels.</param>
/// <param name="Levels">
/// What the levels are called, the top first: each is an attribute that says who stands there on the way down to a member. Leaves may
/// lie at different depths; below a member its levels have no value.
/// </param>
public sealed record MemberTree(string Parent, string Label, IReadOnlyList<string> Levels)
{
    /// <summary>The attribute that says on which level a member stands, 1 at the top.</summary>
    public const string Depth = "depth";

    /// <summary>The attribute that says the way down to a member, from the top.</summary>
    public const string Path = "path";

    /// <summary>What stands between the members of a path.</summary>
    public const string Separator = " / ";
}
