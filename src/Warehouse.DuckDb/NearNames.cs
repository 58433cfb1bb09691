namespace Warehouse.DuckDb;

/// <summary>Which known names a mistyped one may have meant.</summary>
internal static class NearNames
{
    private const int MostShown = 3;

    /// <summary>A sentence that names the nearest ones, with a blank before it; empty when none is near.</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var near = known
            .Select(candidate => (candidate, distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.distance <= Math.Max(2, name.Length / 3))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(MostShown)
            .Select(pair => $"'{pair.candidate}'");
        var list = string.Join(", ", near);
        return list.Length == 0 ? "" : $" Did you mean {list}?";
    }

    /// <summary>Levenshtein's distance: insertions, deletions and substitutions.</summary>
    private static int Distance(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            previous[column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var substitution = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(substitution, Math.Min(previous[column], current[column - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
