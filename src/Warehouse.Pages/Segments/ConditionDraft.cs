using System.Globalization;
using System.Text.RegularExpressions;

namespace Warehouse.Pages.Segments;

/// <summary>A condition as it is being put together, and the YAML that says it.</summary>
public sealed partial class ConditionDraft
{
    /// <summary>The condition: an attribute, or bought, returned, contacted, campaign, was, sequence, consent, segment, measure, sample.</summary>
    public string Key { get; set; } = "";

    public Joined How { get; set; }

    /// <summary>The values of an attribute, or the segments.</summary>
    public string[] Values { get; set; } = [];

    public string? From { get; set; }

    public string? To { get; set; }

    public string? Within { get; set; }

    /// <summary>The last day that counts.</summary>
    public string? Until { get; set; }

    public string? TimesFrom { get; set; }

    public string? TimesTo { get; set; }

    public string? ValueFrom { get; set; }

    public string? ValueTo { get; set; }

    /// <summary>What was bought, or in which channel, by the part of the condition: category, brand, …</summary>
    public Dictionary<string, string> Of { get; } = new(StringComparer.Ordinal);

    /// <summary>The steps of a sequence; <see cref="Within"/> is the time since the step before, <see cref="Joined.AndNot"/> what did not happen.</summary>
    public List<ConditionDraft> Steps { get; } = [];

    /// <summary>The parts of a purchase that say what was bought and where.</summary>
    public static string[] Goods { get; } = ["category", "subcategory", "brand", "product", "channel"];

    /// <summary>The conditions that can be steps of a sequence.</summary>
    public static string[] Events { get; } = ["bought", "returned", "contacted", "campaign"];

    /// <summary>The condition as YAML, on one line; null while something is missing.</summary>
    /// <param name="kind">What the attribute takes: values, number or date.</param>
    public string? Yaml(string kind) => Key switch
    {
        "" => null,
        "bought" or "returned" => $"{Key}: {Map([.. Texts(Goods), ("times", Bounds(TimesFrom, TimesTo)), ("value", Bounds(ValueFrom, ValueTo)), ("within", Within), ("until", Until)])}",
        "contacted" => $"{Key}: {Map([.. Texts("topic"), ("complaint", Text("complaint")), ("resolved", Text("resolved")), ("times", Bounds(TimesFrom, TimesTo)), ("within", Within), ("until", Until)])}",
        "campaign" when Text("name") is not null => $"{Key}: {Map([.. Texts("name"), ("wave", Number(Text("wave"))), ("arm", Text("arm")), ("response", Text("response"))])}",
        "consent" when Text("channel") is { } channel => $"{Key}: {Quoted(channel)}",
        "measure" when Text("name") is not null && Bounds(From, To) is not null => $"{Key}: {Map([.. Texts("name"), ("within", Within), ("until", Until), .. Texts("where"), ("from", Number(From)), ("to", Number(To))])}",
        "was" when Text("of") is { } of && Values.Length > 0 && (From is null) != (Within is null) => $"{Key}: {Map([("on", From), ("ago", Within), (of, List(Values))])}",
        "sequence" when Steps.Count > 1 && Steps.Select((step, place) => step.Step(place)).ToList() is var steps && !steps.Contains(null) => $"{Key}: [{string.Join(", ", steps)}]",
        "sample" when Number(From) is { } percent && Text("seed") is { } seed =>
            $"{Key}: {{share: {(decimal.Parse(percent, CultureInfo.InvariantCulture) / 100).ToString("0.######", CultureInfo.InvariantCulture)}, seed: {Quoted(seed)}}}",
        "campaign" or "consent" or "measure" or "was" or "sequence" or "sample" => null,
        _ when kind == "number" => Bounds(From, To) is { } bounds ? $"{Key}: {bounds}" : null,
        _ when kind == "date" => DateBounds is { } dates ? $"{Key}: {dates}" : null,
        _ => Values.Length == 0 ? null : $"{Key}: {List(Values)}",
    };

    /// <summary>A text as YAML: plain where nothing in it means anything else.</summary>
    public static string Quoted(string text) => Plain().IsMatch(text) && text.ToUpperInvariant() is not ("TRUE" or "FALSE" or "NULL" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N")
        ? text
        : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The condition as a step of a sequence: the time since the step before belongs to the step, and not to what happened.</summary>
    private string? Step(int place)
    {
        var since = place == 0 ? null : Within;
        var happened = new ConditionDraft { Key = Key, Until = Until };
        foreach (var (part, text) in Of)
        {
            happened.Of[part] = text;
        }

        return !Events.Contains(Key) || happened.Yaml("values") is not { } yaml ? null
            : $"{{{(How == Segments.Joined.AndNot ? $"not: {{{yaml}}}" : yaml)}{(since is null ? "" : $", within: {since}")}}}";
    }

    private static string List(string[] values) => $"[{string.Join(", ", values.Select(Quoted))}]";

    private string? DateBounds => Joined([("from", From), ("to", To)]) is { Length: > 0 } said ? $"{{{said}}}" : null;

    private string? Text(string part) => Of.TryGetValue(part, out var text) && text.Trim().Length > 0 ? text.Trim() : null;

    private IEnumerable<(string, string?)> Texts(params string[] parts) => parts.Select(part => (part, Text(part) is { } text ? Quoted(text) : null));

    private static string? Bounds(string? from, string? to) => Joined([("from", Number(from)), ("to", Number(to))]) is { Length: > 0 } said ? $"{{{said}}}" : null;

    private static string? Number(string? text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
        ? number.ToString(CultureInfo.InvariantCulture)
        : null;

    private static string Map((string Key, string? Value)[] parts) => $"{{{Joined(parts)}}}";

    private static string Joined((string Key, string? Value)[] parts) =>
        string.Join(", ", parts.Where(part => part.Value is { Length: > 0 }).Select(part => $"{part.Key}: {part.Value}"));

    [GeneratedRegex(@"^[\p{L}_]([\p{L}\p{N} _./&'+-]*[\p{L}\p{N}_./&'+-])?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Plain();
}
