namespace Warehouse.Etl.Conform.Identities;

/// <summary>
/// Joins persons by links, one after the other, but never groups that hold two of whom it is known that they are different.
/// The person of a group is the one known first: the lowest key.
/// </summary>
internal sealed class IdentityGroups
{
    private readonly Dictionary<int, int> _parents = [];
    private readonly Dictionary<int, HashSet<int>> _others = [];

    /// <summary>The persons that were joined with one known before them, each with that person.</summary>
    public IEnumerable<(int Node, int Person)> Joined => _parents.Keys.Order().Select(node => (node, Find(node)));

    /// <summary>Keeps two groups from being joined from now on.</summary>
    public void Part(int node, int other)
    {
        var (first, second) = (Find(node), Find(other));
        if (first != second)
        {
            OthersOf(first).Add(second);
            OthersOf(second).Add(first);
        }
    }

    /// <summary>Joins two groups; gives false where they are one already, or must not be.</summary>
    public bool Join(int node, int other)
    {
        var (first, second) = (Find(node), Find(other));
        if (first == second || (_others.TryGetValue(first, out var strangers) && strangers.Contains(second)))
        {
            return false;
        }

        var (kept, gone) = (Math.Min(first, second), Math.Max(first, second));
        _parents[gone] = kept;
        if (_others.Remove(gone, out var inherited))
        {
            foreach (var stranger in inherited)
            {
                _others[stranger].Remove(gone);
                _others[stranger].Add(kept);
                OthersOf(kept).Add(stranger);
            }
        }

        return true;
    }

    private HashSet<int> OthersOf(int node) =>
        _others.TryGetValue(node, out var others) ? others : _others[node] = [];

    private int Find(int node)
    {
        while (_parents.TryGetValue(node, out var parent))
        {
            if (_parents.TryGetValue(parent, out var above))
            {
                _parents[node] = above;
            }

            node = parent;
        }

        return node;
    }
}
