using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// The sets of members that a query has rows for. A set is a number: bit i is 1 where the rows are totals over key i,
/// so the finest set is 0.
/// </summary>
internal static class GroupingSets
{
    /// <summary>As many as nine members have choices.</summary>
    private const int MostSets = 512;

    /// <summary>The sets that the query shows, the finest first.</summary>
    public static int[] Of(CubeQuery query, IReadOnlyList<QueryKey> keys)
    {
        var everything = (1 << keys.Count) - 1;
        if (Math.Max(query.Totals.Kind == TotalsKind.Cube ? everything : 0, query.Totals.Members.Count) >= MostSets)
        {
            throw new WrongCommandException(FormattableString.Invariant($"totals: at most {MostSets} of them can be asked for at once; those of every choice, of nine members."));
        }

        IEnumerable<int> totals = query.Totals.Kind switch
        {
            TotalsKind.None => [],
            TotalsKind.Grand => [everything],
            TotalsKind.Rollup => Enumerable.Range(0, keys.Count).Select(kept => everything & ~((1 << kept) - 1)),
            TotalsKind.Cube => Enumerable.Range(0, everything + 1),
            _ => query.Totals.Members.Select(members => everything & ~members.Aggregate(0, (kept, member) => kept | Find(member, keys).Bit)),
        };
        return [.. totals.Append(0).Distinct().Order()];
    }

    /// <summary>The keys of a set.</summary>
    public static IEnumerable<QueryKey> Kept(int set, IEnumerable<QueryKey> keys) => keys.Where(key => (set & key.Bit) == 0);

    private static QueryKey Find(Expressions.Name member, IReadOnlyList<QueryKey> keys) =>
        keys.FirstOrDefault(key => string.Equals(key.Name.Text, member.Text, StringComparison.Ordinal))
        ?? throw new WrongCommandException(
            $"totals: rows are not by {member.Text}. {NearNames.Hint(member.Text, keys.Select(key => key.Name.Text), "members of the query")}");
}
