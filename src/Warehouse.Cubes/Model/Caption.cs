namespace Warehouse.Cubes.Model;

/// <summary>What people call something, by language (BCP 47: en, de, zh-Hant).</summary>
/// <param name="Default">Where the wanted language is not there.</param>
/// <param name="ByLanguage">The captions by language.</param>
public sealed record Caption(string Default, IReadOnlyDictionary<string, string> ByLanguage)
{
    /// <summary>The caption in a language, else in the language without its region, else the default one.</summary>
    public string In(string? language) =>
        language is null ? Default
        : ByLanguage.TryGetValue(language, out var exact) ? exact
        : ByLanguage.TryGetValue(language.Split('-')[0], out var near) ? near
        : Default;

    /// <summary>The caption after a word that says of what it is, in every language.</summary>
    public Caption After(string word) =>
        new($"{word} {Default}", ByLanguage.ToDictionary(caption => caption.Key, caption => $"{word} {caption.Value}", StringComparer.Ordinal));

    /// <summary>The caption of something that has none: its name, with blanks and a capital.</summary>
    public static Caption OfName(string name)
    {
        var words = name.Replace('_', ' ');
        return new Caption($"{char.ToUpperInvariant(words[0])}{words[1..]}", new Dictionary<string, string>(StringComparer.Ordinal));
    }
}
