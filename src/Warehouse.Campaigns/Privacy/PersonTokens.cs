using System.Data.Common;
using System.Text;
using System.Text.RegularExpressions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Privacy;

/// <summary>The texts by which a person can be found again.</summary>
/// <param name="Telling">Texts that are his alone: identifiers with a letter, addresses of e-mail, telephone numbers. They are looked for everywhere.</param>
/// <param name="Others">Texts that others may have too: names, streets, postcodes, plain numbers. They go from rows that are known to be his.</param>
internal sealed record PersonTokens(IReadOnlyList<string> Telling, IReadOnlyList<string> Others)
{
    private const int LeastDigits = 7;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>A telling text, whole and not within a longer word; null where there is none.</summary>
    public Regex? TellingPattern { get; } = Pattern(Telling);

    /// <summary>Any of the texts, whole.</summary>
    public Regex? AnyPattern { get; } = Pattern([.. Telling, .. Others]);

    /// <summary>The pattern of telling texts as the engine reads it.</summary>
    public string SqlPattern => $"(^|[^\\pL\\pN])({string.Join('|', Telling.Select(Escaped))})([^\\pL\\pN]|$)";

    public static async Task<PersonTokens> GatherAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var said = await connection.RowsAsync(
            SqlFile.Read(typeof(PersonTokens), "Privacy/person_token.sql"),
            row => (Text: row.GetString(0).Trim(), IsOwn: row.GetBoolean(1)),
            cancellationToken);
        var texts = said.Where(token => token.Text.Length > 1).Distinct().ToArray();
        return new PersonTokens(
            [.. texts.Where(token => token.IsOwn && IsTelling(token.Text)).Select(token => token.Text).Distinct(StringComparer.OrdinalIgnoreCase)],
            [.. texts.Where(token => !token.IsOwn || !IsTelling(token.Text)).Select(token => token.Text).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>A plain number of few digits may as well be an order or an amount.</summary>
    private static bool IsTelling(string text) => text.Any(char.IsLetter) ? text.Length > 1 : text.Count(char.IsDigit) >= LeastDigits;

    private static Regex? Pattern(IReadOnlyList<string> texts) => texts.Count == 0
        ? null
        : new Regex(
            $@"(?<![\p{{L}}\p{{N}}])(?:{string.Join('|', texts.SelectMany(text => (string[])[text, AsBytes(text)]).Distinct(StringComparer.Ordinal).OrderByDescending(text => text.Length).Select(Regex.Escape))})(?![\p{{L}}\p{{N}}])",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
            Patience);

    /// <summary>The text's bytes in UTF-8, each as a letter of Latin-1: as it stands in a file that is read so.</summary>
    private static string AsBytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Escaped(string text) => string.Concat(text.Select(letter => char.IsLetterOrDigit(letter) || letter > 127 ? letter.ToString() : $"\\x{{{(int)letter:x}}}"));
}
