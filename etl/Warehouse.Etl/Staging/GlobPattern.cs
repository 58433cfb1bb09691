using System.Text;
using System.Text.RegularExpressions;

namespace Warehouse.Etl.Staging;

/// <summary>Patterns of paths: <c>*</c> and <c>?</c> within a folder, <c>**</c> across folders; what begins with a point is meant only where the pattern says the point.</summary>
internal static class GlobPattern
{
    /// <summary>Whether a path with forward slashes matches.</summary>
    public static bool IsMatch(string path, string pattern) =>
        Regex.IsMatch(path, ToRegex(pattern), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern.AsSpan(i).StartsWith("**/"))
            {
                regex.Append("(?:(?!\\.)[^/]*/)*");
                i += 2;
            }
            else
            {
                var visible = i == 0 || pattern[i - 1] == '/' ? "(?!\\.)" : "";
                regex.Append(pattern[i] switch
                {
                    '*' when i + 1 < pattern.Length && pattern[i + 1] == '*' => visible + Deep(ref i),
                    '*' => visible + "[^/]*",
                    '?' => visible + "[^/]",
                    var other => Regex.Escape(other.ToString()),
                });
            }
        }

        return regex.Append('$').ToString();
    }

    private static string Deep(ref int position)
    {
        position++;
        return "[^/]*(?:/(?!\\.)[^/]*)*";
    }
}
