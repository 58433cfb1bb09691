using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Warehouse.Etl.Proposals;

/// <summary>Writes texts so that YAML and expressions read them as they are.</summary>
internal static partial class YamlText
{
    private static readonly JsonSerializerOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan" };

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "null", "and", "or", "not" };

    /// <summary>A text as a value or key.</summary>
    public static string Of(string text) => Plain().IsMatch(text) && !Words.Contains(text) ? text : JsonSerializer.Serialize(text, AsItIs);

    /// <summary>Texts as a list, or as the one that there is.</summary>
    public static string ListOf(IReadOnlyCollection<string> texts) => texts.Count == 1 ? Of(texts.First()) : $"[{string.Join(", ", texts.Select(Of))}]";

    /// <summary>A column as an expression names it.</summary>
    public static string Column(string name) => Word().IsMatch(name) && !Reserved.Contains(name) ? name : $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    /// <summary>A text as it can stand in a comment.</summary>
    public static string Comment(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(sign => char.IsControl(sign) || sign is '\uFFFE' or '\uFFFF' ? '\uFFFD' : sign));

    [GeneratedRegex(@"^[A-Za-z_./](?:[A-Za-z0-9_./%()-]| (?![#\s]))*$(?<! )", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
