using Microsoft.Extensions.Localization;

namespace Warehouse.Pages.Parts;

/// <summary>The names of columns and fields, which the service gives in small letters, in the language of the page.</summary>
internal static class Captions
{
    /// <summary>A name as it is translated, or as the same word is that begins with a capital; itself where neither is.</summary>
    public static string Caption(this IStringLocalizer say, string name) =>
        say[name] is { ResourceNotFound: false } said ? said
        : name.Length > 0 && say[char.ToUpperInvariant(name[0]) + name[1..]] is { ResourceNotFound: false } capital ? capital
        : name;
}
