namespace Warehouse.Analysis.Baskets;

/// <summary>
/// All sets of items that are in enough baskets, found depth first by intersecting the lists of their baskets (Eclat; Zaki, Scalable
/// Algorithms for Association Mining, 2000, section 5). Items are places in the list that is given.
/// </summary>
internal static class FrequentItemSets
{
    /// <param name="baskets">The baskets of each item, rising; every item is in enough of them.</param>
    /// <param name="least">In so many baskets a set must be.</param>
    /// <param name="mostItems">The most items of a set.</param>
    /// <param name="mostSets">The most sets.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The sets; null where they are more.</returns>
    public static List<(int[] Items, int Baskets)>? Find(
        IReadOnlyList<int[]> baskets, int least, int mostItems, int mostSets, CancellationToken cancellationToken)
    {
        var found = new List<(int[] Items, int Baskets)>();
        Extend([], [.. baskets.Select((list, item) => (item, list))]);
        return found.Count > mostSets ? null : found;

        void Extend(int[] prefix, List<(int Item, int[] Baskets)> members)
        {
            for (var one = 0; one < members.Count && found.Count <= mostSets; one++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int[] set = [.. prefix, members[one].Item];
                found.Add((set, members[one].Baskets.Length));
                if (set.Length == mostItems)
                {
                    continue;
                }

                var further = new List<(int Item, int[] Baskets)>();
                for (var other = one + 1; other < members.Count; other++)
                {
                    if (Common(members[one].Baskets, members[other].Baskets, least) is { } common)
                    {
                        further.Add((members[other].Item, common));
                    }
                }

                Extend(set, further);
            }
        }
    }

    /// <summary>The baskets of both, or null where they are too few.</summary>
    private static int[]? Common(int[] one, int[] other, int least)
    {
        var (common, count, right) = (new int[Math.Min(one.Length, other.Length)], 0, 0);
        for (var left = 0; left < one.Length; left++)
        {
            if (count + Math.Min(one.Length - left, other.Length - right) < least)
            {
                return null;
            }

            while (right < other.Length && other[right] < one[left])
            {
                right++;
            }

            if (right < other.Length && other[right] == one[left])
            {
                common[count++] = one[left];
            }
        }

        return count >= least ? common[..count] : null;
    }
}
