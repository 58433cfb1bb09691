using System.Text.Json;

namespace Warehouse.Etl.Staging;

/// <summary>A JSON object as a row: the names of nested values are joined by points; an array is the text of its JSON.</summary>
/// <param name="each">The array whose elements are the rows instead, the object's values beside each; null for none.</param>
internal sealed class JsonFields(string? each)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>The names that were learned, in the order of their first appearance.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Learns the names of an object; what is no object has none.</summary>
    public void Learn(JsonElement row)
    {
        if (row.ValueKind == JsonValueKind.Object)
        {
            foreach (var element in Elements(row))
            {
                _ = TryVisit(row, element, (name, _) =>
                {
                    if (_places.TryAdd(name, _names.Count))
                    {
                        _names.Add(name);
                    }
                });
            }
        }
    }

    /// <summary>Adds an object to a block, or its elements; what is none is set aside.</summary>
    public void Add(RecordBlock block, JsonElement row, long line)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            block.Broken.Add(new BrokenRecord(line, "json", $"Expected an object, found a JSON {row.ValueKind.ToString().ToLowerInvariant()}.", row.GetRawText()));
            return;
        }

        foreach (var element in Elements(row))
        {
            Add(block, row, element, line);
        }
    }

    private void Add(RecordBlock block, JsonElement row, JsonElement? element, long line)
    {
        var record = new Slice[_names.Count];
        var said = new bool[_names.Count];
        string? twice = null;
        var isText = TryVisit(row, element, (name, value) =>
        {
            var place = _places[name];
            twice = said[place] ? name : twice;
            said[place] = true;
            record[place] = value.ValueKind switch
            {
                JsonValueKind.Null => default,
                JsonValueKind.String => block.Append(value.GetString()!),
                _ => block.Append(value.GetRawText()),
            };
        });
        if (!isText)
        {
            block.Broken.Add(new BrokenRecord(line, "json", "A text of the object is no Unicode: it has bytes that are no characters, or half of a surrogate pair.", row.GetRawText()));
        }
        else if (twice is not null)
        {
            block.Broken.Add(new BrokenRecord(line, "json", $"The object says twice what \"{twice}\" is.", row.GetRawText()));
        }
        else
        {
            block.Add(record, line);
        }
    }

    /// <summary>The elements that are rows; nothing, once, where the object is the row or has none.</summary>
    private IEnumerable<JsonElement?> Elements(JsonElement row)
    {
        var found = row;
        foreach (var part in each?.Split('.') ?? [])
        {
            found = found.ValueKind == JsonValueKind.Object && found.TryGetProperty(part, out var inner) ? inner : default;
        }

        return each is not null && found.ValueKind == JsonValueKind.Array && found.GetArrayLength() > 0
            ? found.EnumerateArray().Select(element => (JsonElement?)element)
            : [null];
    }

    /// <summary>Visits the values of an object; false where a text in it cannot be had.</summary>
    private bool TryVisit(JsonElement row, JsonElement? element, Action<string, JsonElement> take)
    {
        try
        {
            Visit(row, "", take);
            if (element is { ValueKind: JsonValueKind.Object } inner)
            {
                Visit(inner, each + ".", take);
            }
            else if (element is { } value)
            {
                take(each!, value);
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            // So says the reader of an escaped half of a surrogate pair.
            return false;
        }
    }

    private void Visit(JsonElement row, string before, Action<string, JsonElement> take)
    {
        foreach (var property in row.EnumerateObject())
        {
            var name = before + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Visit(property.Value, name + ".", take);
            }
            else if (name != each || property.Value.ValueKind != JsonValueKind.Array)
            {
                take(name, property.Value);
            }
        }
    }
}
