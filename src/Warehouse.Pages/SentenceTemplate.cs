using System.Globalization;
using System.Text.RegularExpressions;

namespace Warehouse.Pages;

/// <summary>A sentence with places for what differs, and how another language says it.</summary>
internal sealed partial class SentenceTemplate
{
    private readonly string[] _literals;
    private readonly int[] _places;
    private readonly string _translation;
    private readonly Lazy<Regex> _pattern;

    /// <param name="sentence">The sentence, {0} standing for what differs.</param>
    /// <param name="translation">The other language's, with the same places.</param>
    public SentenceTemplate(string sentence, string translation)
    {
        _literals = Place().Split(sentence);
        _places = [.. Place().Matches(sentence).Select(place => int.Parse(place.ValueSpan[1..^1], CultureInfo.InvariantCulture))];
        _translation = translation;
        _pattern = new(() => new Regex($@"\A{string.Join("(.+?)", _literals.Select(Regex.Escape))}\z", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));
        Weight = _literals.Sum(literal => literal.Length);
        HasWords = _literals.Sum(literal => literal.Count(char.IsLetter)) > _places.Length;
    }

    /// <summary>How much of the sentence is said: those that say more are tried first.</summary>
    public int Weight { get; }

    /// <summary>Whether it says enough to be told by; a sign or "or" between two places stands in much that needs no translation.</summary>
    public bool HasWords { get; }

    public static bool IsTemplate(string sentence) => Place().IsMatch(sentence);

    /// <summary>What stands in the places, by their numbers; null where the text is another sentence.</summary>
    public string[]? Holes(string text)
    {
        if (text.Length <= Weight || !text.StartsWith(_literals[0], StringComparison.Ordinal) || !text.EndsWith(_literals[^1], StringComparison.Ordinal))
        {
            return null;
        }

        var match = _pattern.Value.Match(text);
        if (!match.Success)
        {
            return null;
        }

        var holes = new string[_places.Length];
        for (var hole = 0; hole < _places.Length; hole++)
        {
            holes[_places[hole]] = match.Groups[hole + 1].Value;
        }

        return holes;
    }

    /// <summary>The other language's sentence.</summary>
    public string Say(string[] holes) => string.Format(CultureInfo.InvariantCulture, _translation, holes);

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
