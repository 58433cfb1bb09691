namespace Warehouse.Pages.Parts;

/// <summary>Texts as conditions of questions write them.</summary>
internal static class QueryText
{
    /// <summary>A text in single quotes; those within it are doubled.</summary>
    public static string Of(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
