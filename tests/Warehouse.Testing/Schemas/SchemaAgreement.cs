using System.Text.Json.Nodes;
using Warehouse.Definitions;
using Xunit;

namespace Warehouse.Testing;

/// <summary>
/// Holds a definition's JSON Schema to what its parser says, the parser being the one that is right: neither can learn a
/// key, or another kind of value, without the other. Both are only asked, so nothing has to be kept in step by hand.
/// </summary>
/// <param name="schema">The schema.</param>
/// <param name="parse">Reads a definition and gives its faults; none where it is right.</param>
public sealed class SchemaAgreement(DefinitionSchema schema, Func<string, IReadOnlyList<DefinitionFault>> parse)
{
    private const string Nonsense = "zzz";

    /// <summary>Requires that a schema accepts these texts.</summary>
    public static void RequireValid(DefinitionSchema schema, params IReadOnlyList<string> texts)
    {
        var judged = SchemaJudge.Judge(schema, texts.Select(YamlJson.Read));
        foreach (var (text, faults) in texts.Zip(judged))
        {
            Assert.True(faults.Count == 0, $"{schema.FileName} refuses this:\n{text}\n{string.Join('\n', faults)}");
        }
    }

    /// <summary>Requires that parser and schema accept these texts.</summary>
    public void RequireRight(params IReadOnlyList<string> texts)
    {
        Assert.All(texts, text => Assert.Empty(parse(text)));
        RequireValid(schema, texts);
    }

    /// <summary>Requires that parser and schema refuse these texts.</summary>
    public void RequireWrong(params IReadOnlyList<string> texts)
    {
        var judged = SchemaJudge.Judge(schema, texts.Select(YamlJson.Read));
        foreach (var (text, faults) in texts.Zip(judged))
        {
            Assert.NotEmpty(parse(text));
            Assert.True(faults.Count > 0, $"{schema.FileName} accepts what the parser refuses:\n{text}");
        }
    }

    /// <summary>
    /// Requires that at every mapping of these right texts parser and schema know the same keys, and that the texts use every
    /// key that the schema names.
    /// </summary>
    public void RequireSameKeys(params IReadOnlyList<string> texts)
    {
        var documents = texts.Select(text => YamlJson.Read(text)!).ToArray();
        var named = PropertiesOf(JsonNode.Parse(schema.Text)!).ToArray();
        Assert.Empty(named.SelectMany(names => names).Except(documents.SelectMany(Places).Select(place => place.Parent?.GetValueKind() == System.Text.Json.JsonValueKind.Object ? place.GetPropertyName() : "")));

        var asked = new List<(string Place, string Key, JsonNode Changed, bool IsKnown)>();
        foreach (var document in documents)
        {
            foreach (var place in Places(document).OfType<JsonObject>().Select(place => place.GetPath()))
            {
                var (nonsense, path) = With(document, place, Nonsense);
                var names = UnknownAt(nonsense, Nonsense)?.Names;
                asked.Add((path, Nonsense, nonsense, IsKnown: names is null));
                var keys = At(document, place).Select(entry => entry.Key).ToArray();
                foreach (var key in names is null ? [] : named.Where(near => near.Overlaps(keys.Concat(names))).SelectMany(near => near).Union(names).Except(keys))
                {
                    var (changed, _) = With(document, place, key);
                    asked.Add((path, key, changed, UnknownAt(changed, key) is null));
                }
            }
        }

        var judged = SchemaJudge.Judge(schema, asked.Select(question => question.Changed));
        var differences = asked.Zip(judged)
            .Where(pair => pair.First.IsKnown == IsUnknown(pair.Second, pair.First.Place, pair.First.Key))
            .Select(pair => $"{pair.First.Place}/{pair.First.Key} is known to the {(pair.First.IsKnown ? "parser" : "schema")} alone");
        RequireNone(differences);
    }

    /// <summary>
    /// Requires that parser and schema agree when, in these right texts, a text becomes a mapping or a list of lists, or a
    /// mapping or a list becomes a text.
    /// </summary>
    public void RequireSameKinds(params IReadOnlyList<string> texts)
    {
        var changes = (
            from text in texts
            let document = YamlJson.Read(text)!
            from place in Places(document)
            where place != document
            from kind in Others(place)
            select (Place: place.GetPath(), Kind: kind, Changed: Replaced(document, place.GetPath(), kind))).ToArray();
        var judged = SchemaJudge.Judge(schema, changes.Select(change => change.Changed));
        var differences = changes.Zip(judged)
            .Select(pair => (pair.First.Place, pair.First.Kind, Parser: parse(pair.First.Changed.ToJsonString()), Schema: pair.Second))
            .Where(pair => (pair.Parser.Count == 0) != (pair.Schema.Count == 0))
            .Select(pair => $"{pair.Place} as {pair.Kind} is refused by the {(pair.Schema.Count == 0 ? $"parser alone: {pair.Parser[0]}" : $"schema alone: {pair.Schema[0]}")}");
        RequireNone(differences);
    }

    private static void RequireNone(IEnumerable<string> differences)
    {
        string[] found = [.. differences.Distinct(StringComparer.Ordinal)];
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    private static bool IsUnknown(IReadOnlyList<SchemaFault> faults, string place, string key) => faults.Any(fault =>
        (fault.Keyword == "additionalProperties" && fault.Path == place && fault.Name == key)
        || (fault.Keyword == "false schema" && fault.Path == $"{place}/{key}"));

    private DefinitionFault? UnknownAt(JsonNode changed, string key) => parse(changed.ToJsonString()).FirstOrDefault(fault =>
        fault.Names.Count > 0 && fault.Message.StartsWith($"\"{key}\" is ", StringComparison.Ordinal));

    /// <summary>The keys that a schema names, those of each mapping apart.</summary>
    private static IEnumerable<HashSet<string>> PropertiesOf(JsonNode node) => node switch
    {
        JsonObject map => map.SelectMany(entry =>
            (entry is { Key: "properties", Value: JsonObject named } ? new[] { named.Select(property => property.Key).ToHashSet(StringComparer.Ordinal) } : [])
            .Concat(entry.Value is null ? [] : PropertiesOf(entry.Value))),
        JsonArray list => list.OfType<JsonNode>().SelectMany(PropertiesOf),
        _ => [],
    };

    private static IEnumerable<JsonNode> Places(JsonNode node) => node switch
    {
        JsonObject map => map.Select(entry => entry.Value).OfType<JsonNode>().SelectMany(Places).Prepend(map),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Places).Prepend(list),
        _ => [node],
    };

    private static IEnumerable<string> Others(JsonNode node) => node switch
    {
        JsonValue => ["{\"zzz\": 1}", "[[1]]"],
        JsonArray { Count: > 0 } list when list[0] is JsonValue first => [first.ToJsonString()],
        _ => ["\"zzz\""],
    };

    private static JsonObject At(JsonNode document, string path) => (JsonObject)Find(document, path);

    private static (JsonNode Changed, string Pointer) With(JsonNode document, string path, string key)
    {
        var changed = document.DeepClone();
        At(changed, path)[key] = null;
        return (changed, Pointer(path));
    }

    private static JsonNode Replaced(JsonNode document, string path, string json)
    {
        var changed = document.DeepClone();
        Find(changed, path).ReplaceWith(JsonNode.Parse(json));
        return changed;
    }

    private static JsonNode Find(JsonNode document, string path) =>
        document.Root is var root && path == root.GetPath() ? root : Places(root).First(place => place.GetPath() == path);

    /// <summary>A path like $.columns[0]['a b'] as the JSON pointer /columns/0/a b.</summary>
    private static string Pointer(string path) => path[1..]
        .Replace("['", "/", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal)
        .Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
        .Replace(".", "/", StringComparison.Ordinal);
}
