using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Warehouse.Acceptance.Pages;

/// <summary>Every sentence of the pages, in every language that they speak.</summary>
public partial class WordsTests
{
    private static readonly string Folder = Repository.PathOf("src", "Warehouse.Pages");

    [Fact]
    public void EverySentence_IsTranslated()
    {
        var translated = Translations("Words.zh-Hant.resx").Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        var said = Directory.EnumerateFiles(Folder, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".razor" or ".cs" && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Sentence().Matches(File.ReadAllText(file)))
            .Select(match => Regex.Unescape(match.Groups["sentence"].Value));

        Assert.Subset(translated, said.ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Words.zh-Hant.resx")]
    [InlineData("Sentences.zh-Hant.resx")]
    public void ATranslation_HasThePlacesOfItsSentence_AndIsThereOnce(string file)
    {
        var translations = Translations(file).ToList();

        Assert.Distinct(translations.Select(entry => entry.Key), StringComparer.OrdinalIgnoreCase);
        Assert.All(translations, entry => Assert.Equal(Places(entry.Key), Places(entry.Value)));
    }

    private static string[] Places(string text) => [.. Place().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<KeyValuePair<string, string>> Translations(string file) => XDocument.Load(Path.Combine(Folder, file)).Root!
        .Elements("data").Select(entry => new KeyValuePair<string, string>(entry.Attribute("name")!.Value, entry.Element("value")!.Value));

    [GeneratedRegex("Say\\[\"(?<sentence>(?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex("\\{\\d\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
