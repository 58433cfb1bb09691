namespace Warehouse.Pages.Parts;

/// <summary>The state of a page as its address says it.</summary>
internal static class PageAddress
{
    /// <summary>An address that says these; what is empty is not said.</summary>
    public static string Of(string path, IEnumerable<KeyValuePair<string, string>> said)
    {
        var query = string.Join('&', said.Where(pair => pair.Value.Length > 0).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    /// <summary>What an address says; of what is said twice the last.</summary>
    public static Dictionary<string, string> Read(string address)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in new Uri(address).Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            said[Decoded(parts[0])] = parts.Length > 1 ? Decoded(parts[1]) : "";
        }

        return said;
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
