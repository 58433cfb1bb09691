using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Warehouse.Pages;

/// <summary>
/// What the service says in English, in the language of the page. The keys of <c>Sentences.zh-Hant.resx</c> are the sentences as the
/// service makes them, without the full stop, {0} standing for whatever differs; what stands there is translated in the same way.
/// What no key fits stays as it is: names, identifiers, and what people wrote.
/// </summary>
public sealed partial class Sentences
{
    private static readonly ResourceManager Resources = new("Warehouse.Pages.Sentences", typeof(Sentences).Assembly);
    private static readonly ConcurrentDictionary<string, Sentences> ByCulture = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _plain;
    private readonly IReadOnlyList<SentenceTemplate> _templates;

    private Sentences(IReadOnlyDictionary<string, string> translations)
    {
        _plain = translations.Where(pair => !SentenceTemplate.IsTemplate(pair.Key)).ToDictionary(StringComparer.Ordinal);
        _templates = [.. translations.Where(pair => SentenceTemplate.IsTemplate(pair.Key)).Select(pair => new SentenceTemplate(pair.Key, pair.Value)).OrderByDescending(template => template.Weight)];
    }

    /// <summary>Whether there is anything to translate to.</summary>
    public bool IsEmpty => _plain.Count == 0;

    /// <summary>The sentences in a language; empty in English, and where there are none.</summary>
    public static Sentences Of(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return ByCulture.GetOrAdd(culture.Name, name => new Sentences(Read(CultureInfo.GetCultureInfo(name))));
    }

    /// <summary>The text as the language says it; the text itself where it does not.</summary>
    public string Translate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsEmpty ? text : Find(text) ?? text;
    }

    /// <summary>The translation; null where there is none.</summary>
    private string? Find(string text)
    {
        if (text.Contains('\n', StringComparison.Ordinal))
        {
            return Joined(text.Split('\n'), "\n", "\n");
        }

        var (bare, stop) = text.EndsWith('.') && !text.EndsWith("..", StringComparison.Ordinal) ? (text[..^1], "。") : (text, "");
        return (_plain.GetValueOrDefault(bare) ?? Joined(SentenceEnd().Split(bare), " ", "") ?? Joined(bare.Split("; "), "; ", "；") ?? Fitted(bare) ?? Listed(bare)) is { } found
            ? found.EndsWith('？') ? found : found + stop
            : null;
    }

    private string? Fitted(string text)
    {
        foreach (var template in _templates)
        {
            if (template.Holes(text) is { } holes)
            {
                var translated = holes.Select(Find).ToList();
                if (template.HasWords || holes.Where((hole, place) => translated[place] is not null || !hole.Any(char.IsLetter)).Any())
                {
                    return template.Say([.. translated.Select((hole, place) => hole ?? holes[place])]);
                }
            }
        }

        return null;
    }

    /// <summary>Parts that are translated each by itself; null where there is one alone, or none has a translation.</summary>
    private string? Joined(string[] parts, string between, string shown)
    {
        if (parts.Length < 2)
        {
            return null;
        }

        var translated = parts.Select(Find).ToList();
        return translated.TrueForAll(part => part is null) ? null
            : string.Concat(parts.Select((part, place) => (translated[place] ?? part) + (place == parts.Length - 1 ? "" : translated[place] is null ? between : shown)));
    }

    /// <summary>A list, where all of it has a translation or needs none: half of a list translated would be worse than none.</summary>
    private string? Listed(string text)
    {
        var parts = text.Split(", ");
        if (parts.Length < 2)
        {
            return null;
        }

        var translated = parts.Select(part => part.Any(char.IsLetter) ? Find(part) : part).ToList();
        return translated.TrueForAll(part => part is not null) && parts.Any(part => part.Any(char.IsLetter)) ? string.Join("、", translated) : null;
    }

    private static Dictionary<string, string> Read(CultureInfo culture)
    {
        var translations = new Dictionary<string, string>(StringComparer.Ordinal);
        for (; !culture.Equals(CultureInfo.InvariantCulture); culture = culture.Parent)
        {
            foreach (var entry in Resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)?.Cast<DictionaryEntry>() ?? [])
            {
                translations.TryAdd((string)entry.Key, (string)entry.Value!);
            }
        }

        return translations;
    }

    [GeneratedRegex(@"(?<=[.?!])\s+(?=\p{Lu}|\d)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SentenceEnd();
}
