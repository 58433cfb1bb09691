namespace Warehouse.Definitions;

/// <summary>Finds which of the names that exist a wrong name was probably meant to be.</summary>
public static class NearNames
{
    private const int MostShown = 12;

    /// <summary>
    /// A sentence to end an error with: the near names if there are any (« Did you mean "net_sales"? »),
    /// else the names that exist, as far as they fit.
    /// </summary>
    /// <param name="wrong">The name that was found.</param>
    /// <param name="known">The names that would have been right.</param>
    /// <param name="noun">What they are, in the plural: measures, columns, feeds.</param>
    public static string Hint(string wrong, IEnumerable<string> known, string noun)
    {
        var names = known.Distinct(StringComparer.Ordinal).ToArray();
        if (names.Length == 0)
        {
            return $"There are no {noun}.";
        }

        var near = Of(wrong, names);
        if (near.Count > 0)
        {
            return $"Did you mean {string.Join(" or ", near.Select(name => $"\"{name}\""))}?";
        }

        var shown = string.Join(", ", names.Order(StringComparer.Ordinal).Take(MostShown));
        return names.Length > MostShown
            ? FormattableString.Invariant($"The {noun} are {shown} and {names.Length - MostShown} more.")
            : $"The {noun} are {shown}.";
    }

    /// <summary>The at most three known names that are within a third of the wrong name's length of it, nearest first.</summary>
    public static IReadOnlyList<string> Of(string wrong, IEnumerable<string> known)
    {
        var limit = Math.Max(1, wrong.Length / 3);
        return
        [
            .. known.Distinct(StringComparer.Ordinal)
                .Select(name => (name, distance: IsPart(wrong, name) ? 1 : Distance(wrong, name)))
                .Where(candidate => candidate.distance <= limit)
                .OrderBy(candidate => candidate.distance)
                .ThenBy(candidate => candidate.name, StringComparer.Ordinal)
                .Take(3)
                .Select(candidate => candidate.name),
        ];
    }

    private static bool IsPart(string wrong, string name) =>
        wrong.Length >= 3
        && (name.Contains(wrong, StringComparison.OrdinalIgnoreCase) || wrong.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, letter case ignored.</summary>
    private static int Distance(string left, string right)
    {
        var beforeLast = new int[right.Length + 1];
        var last = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                var best = Math.Min(Math.Min(last[j] + 1, current[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    best = Math.Min(best, beforeLast[j - 2] + 1);
                }

                current[j] = best;
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
