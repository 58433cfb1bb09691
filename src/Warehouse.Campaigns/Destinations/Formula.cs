namespace Warehouse.Campaigns.Destinations;

/// <summary>
/// A text that a spreadsheet takes for a formula when it opens the file (it begins with =, +, -, @, a tab or a line end, after
/// OWASP's « CSV injection ») gets an apostrophe before it.
/// </summary>
internal static class Formula
{
    private static readonly System.Buffers.SearchValues<char> Beginnings = System.Buffers.SearchValues.Create("=+-@\t\r\n＝＋－＠");

    public static string? Harmless(string? text) => text is { Length: > 0 } && Beginnings.Contains(text[0]) ? "'" + text : text;

    /// <summary>The same in SQL.</summary>
    public static string HarmlessSql(string sql) =>
        $"CASE WHEN regexp_matches({sql}, '^[=+\\-@\\t\\r\\n＝＋－＠]') THEN '''' || {sql} ELSE {sql} END";
}
