using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Warehouse.Definitions;

/// <summary>
/// A mapping in a definition. The keys that it may have are those that its reader asks for:
/// any other is a fault with near names. A key with a null value counts as absent.
/// </summary>
public sealed class DefinitionMap
{
    private readonly DefinitionFile _file;
    private readonly YamlMappingNode _node;
    private readonly string _what;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<DefinitionMap> _parts = [];
    private readonly Dictionary<string, (YamlScalarNode Key, YamlNode Value)> _entries = new(StringComparer.Ordinal);
    private bool _isOpenEnded;

    internal DefinitionMap(DefinitionFile file, YamlMappingNode node, string what)
    {
        _file = file;
        _node = node;
        _what = what;
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name } scalar)
            {
                _entries[name] = (scalar, value);
            }
            else
            {
                file.Add(key.Start, "Expected a name as the key here.");
            }
        }
    }

    /// <summary>The keys in the order of the text.</summary>
    public IEnumerable<string> Keys => _entries.Keys;

    /// <summary>Whether the key is there with a value.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The value of a scalar key as text, or null where it is absent.</summary>
    public string? Text(string key) => TextValue(key)?.Text;

    /// <summary>The value with its place, for faults that are found later, or null where it is absent.</summary>
    public DefinitionText? TextValue(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => new DefinitionText(_file, scalar),
        var other => Wrong<DefinitionText>(other, $"\"{key}\" of {_what} is a text, and here is {Kind(other)}."),
    };

    /// <summary>The text of a key that must be there; an empty text, and a fault, where it is not.</summary>
    public string RequiredText(string key) => RequiredTextValue(key).Text;

    /// <summary>The text of a key that must be there, with its place.</summary>
    public DefinitionText RequiredTextValue(string key)
    {
        if (TextValue(key) is { } found)
        {
            return found;
        }

        if (!Has(key))
        {
            Missing(key);
        }

        return new DefinitionText(_file, _node.Start);
    }

    /// <summary>true or false, or null where the key is absent.</summary>
    public bool? Flag(string key)
    {
        var value = TextValue(key);
        return value?.Text switch
        {
            null => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            var other => Fault<bool?>(value, $"\"{key}\" of {_what} is true or false, not \"{other}\"."),
        };
    }

    /// <summary>A whole number within inclusive bounds, or null where the key is absent.</summary>
    public int? Whole(string key, int least = int.MinValue, int most = int.MaxValue)
    {
        var value = TextValue(key);
        if (value is null)
        {
            return null;
        }

        return int.TryParse(value.Text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Fault<int?>(value, FormattableString.Invariant($"\"{key}\" of {_what} is a whole number from {least} to {most}, not \"{value.Text}\"."));
    }

    /// <summary>A decimal number within inclusive bounds, or null where the key is absent.</summary>
    public decimal? Number(string key, decimal least = decimal.MinValue, decimal most = decimal.MaxValue)
    {
        var value = TextValue(key);
        if (value is null)
        {
            return null;
        }

        return decimal.TryParse(value.Text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Fault<decimal?>(value, FormattableString.Invariant($"\"{key}\" of {_what} is a number from {least} to {most}, not \"{value.Text}\"."));
    }

    /// <summary>One of a set of words, or null where the key is absent.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        var value = TextValue(key);
        if (value is null)
        {
            return null;
        }

        return words.TryGetValue(value.Text, out var chosen)
            ? chosen
            : Fault<T?>(value, $"\"{key}\" of {_what} cannot be \"{value.Text}\". {NearNames.Hint(value.Text, words.Keys, "choices")}");
    }

    /// <summary>A nested mapping, or null where the key is absent.</summary>
    public DefinitionMap? Map(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode map => Part(map, $"\"{key}\""),
        var other => Wrong<DefinitionMap>(other, $"\"{key}\" of {_what} is a mapping, and here is {Kind(other)}."),
    };

    /// <summary>A nested mapping that must be there; an empty one, and a fault, where it is not.</summary>
    public DefinitionMap RequiredMap(string key)
    {
        if (!Has(key))
        {
            Missing(key);
        }

        return Map(key) ?? new DefinitionMap(_file, [], $"\"{key}\"");
    }

    /// <summary>The mappings of a list, none where the key is absent.</summary>
    public IReadOnlyList<DefinitionMap> Maps(string key) => Items(key, item => item is YamlMappingNode map
        ? Part(map, $"an entry of \"{key}\"")
        : Wrong<DefinitionMap>(item, $"An entry of \"{key}\" is a mapping, and here is {Kind(item)}."));

    /// <summary>The texts of a list, none where the key is absent; a single text counts as a list of one.</summary>
    public IReadOnlyList<DefinitionText> Texts(string key) => Items(key, item => item is YamlScalarNode scalar
        ? new DefinitionText(_file, scalar)
        : Wrong<DefinitionText>(item, $"An entry of \"{key}\" is a text, and here is {Kind(item)}."));

    /// <summary>A mapping whose keys are names that the author chose: each name with its nested mapping.</summary>
    /// <remarks>A null value reads as an empty mapping.</remarks>
    public IReadOnlyList<(DefinitionText Name, DefinitionMap Value)> Named(string key)
    {
        var map = Map(key);
        return map is null ? [] : map.NamedParts();
    }

    /// <summary>All entries of this mapping as names that the author chose, each with its nested mapping.</summary>
    public IReadOnlyList<(DefinitionText Name, DefinitionMap Value)> NamedParts()
    {
        _isOpenEnded = true;
        var parts = new List<(DefinitionText, DefinitionMap)>();
        foreach (var (name, (key, value)) in _entries)
        {
            if (value is YamlMappingNode map)
            {
                parts.Add((new DefinitionText(_file, key), Part(map, $"\"{name}\"")));
            }
            else if (IsNull(value))
            {
                parts.Add((new DefinitionText(_file, key), Part([], $"\"{name}\"")));
            }
            else
            {
                _file.Add(value.Start, $"\"{name}\" is a mapping, and here is {Kind(value)}.");
            }
        }

        return parts;
    }

    /// <summary>All entries of this mapping as names that the author chose, each with a text.</summary>
    public IReadOnlyList<(DefinitionText Name, DefinitionText Value)> NamedTexts()
    {
        _isOpenEnded = true;
        var parts = new List<(DefinitionText, DefinitionText)>();
        foreach (var (name, (key, value)) in _entries)
        {
            if (value is YamlScalarNode scalar)
            {
                parts.Add((new DefinitionText(_file, key), new DefinitionText(_file, scalar)));
            }
            else
            {
                _file.Add(value.Start, $"\"{name}\" is a text, and here is {Kind(value)}.");
            }
        }

        return parts;
    }

    /// <summary>A key that is there, as a text with its place.</summary>
    public DefinitionText Key(string key)
    {
        _asked.Add(key);
        return new DefinitionText(_file, _entries[key].Key);
    }

    /// <summary>Whether the key holds a nested mapping rather than a text or a list.</summary>
    public bool HoldsMap(string key) => Find(key) is YamlMappingNode;

    /// <summary>Whether the key holds a list.</summary>
    public bool HoldsList(string key) => Find(key) is YamlSequenceNode;

    /// <summary>Records a fault at the place of a key, or of the mapping where the key is absent.</summary>
    public void Fault(string key, string message) =>
        _file.Add(_entries.TryGetValue(key, out var entry) ? entry.Value.Start : _node.Start, message);

    /// <summary>Records that a key's name is none of those that it could be.</summary>
    /// <param name="key">The key, which is there.</param>
    /// <param name="fault">What is wrong with it, as the rest of a sentence that begins with it: « is no column of sale ».</param>
    /// <param name="known">The names that would have been right.</param>
    /// <param name="noun">What they are, in the plural.</param>
    public void FaultUnknown(string key, string fault, IEnumerable<string> known, string noun)
    {
        _asked.Add(key);
        UnknownKey(key, _entries[key].Key, fault, known, noun);
    }

    /// <summary>Every text below this mapping that is no key.</summary>
    internal IEnumerable<YamlScalarNode> Scalars() => _node.Children.SelectMany(entry => Scalars(entry.Value));

    private static IEnumerable<YamlScalarNode> Scalars(YamlNode node) => node switch
    {
        YamlScalarNode scalar => [scalar],
        YamlSequenceNode list => list.Children.SelectMany(Scalars),
        YamlMappingNode map => map.Children.SelectMany(entry => Scalars(entry.Value)),
        _ => [],
    };

    internal void Close()
    {
        foreach (var part in _parts)
        {
            part.Close();
        }

        if (_isOpenEnded)
        {
            return;
        }

        foreach (var (name, (key, _)) in _entries)
        {
            if (!_asked.Contains(name))
            {
                UnknownKey(name, key, $"is not known in {_what}", _asked, "keys");
            }
        }
    }

    private void UnknownKey(string name, YamlScalarNode key, string fault, IEnumerable<string> known, string noun)
    {
        string[] names = [.. known];
        _file.Add(key.Start, $"\"{name}\" {fault}. {NearNames.Hint(name, names, noun)}", names);
    }

    private List<T> Items<T>(string key, Func<YamlNode, T?> read)
        where T : class =>
        Find(key) switch
        {
            null => [],
            YamlSequenceNode list => [.. list.Children.Select(read).OfType<T>()],
            var single => [.. new[] { single }.Select(read).OfType<T>()],
        };

    private DefinitionMap Part(YamlMappingNode node, string what)
    {
        var part = new DefinitionMap(_file, node, what);
        _parts.Add(part);
        return part;
    }

    private YamlNode? Find(string key)
    {
        _asked.Add(key);
        return _entries.TryGetValue(key, out var entry) && !IsNull(entry.Value) ? entry.Value : null;
    }

    private void Missing(string key) => _file.Add(_node.Start, $"\"{key}\" is missing in {_what}.");

    private T? Wrong<T>(YamlNode node, string message)
        where T : class
    {
        _file.Add(node.Start, message);
        return null;
    }

    private static T? Fault<T>(DefinitionText value, string message)
    {
        value.Fault(message);
        return default;
    }

    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static string Kind(YamlNode node) => node switch
    {
        YamlMappingNode => "a mapping",
        YamlSequenceNode => "a list",
        _ => $"the text \"{node}\"",
    };
}
