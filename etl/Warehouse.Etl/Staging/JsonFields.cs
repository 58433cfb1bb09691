using System.Text.Json;

namespace Warehouse.Etl.Staging;

/// <summary>A JSON object as a row: the names of nested values are joined by points; an array is the text of its JSON.</summary>
internal sealed class JsonFields
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
            _ = TryVisit(row, (name, _) =>
            {
                if (_places.TryAdd(name, _names.Count))
                {
                    _names.Add(name);
                }
            });
        }
    }

    /// <summary>Adds an object to a block; what is none is set aside.</summary>
    public void Add(RecordBlock block, JsonElement row, long line)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            block.Broken.Add(new BrokenRecord(line, "json", $"Expected an object, found a JSON {row.ValueKind.ToString().ToLowerInvariant()}.", row.GetRawText()));
            return;
        }

        var record = new Slice[_names.Count];
        var said = new bool[_names.Count];
        string? twice = null;
        var isText = TryVisit(row, (name, value) =>
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

    /// <summary>Visits the values of an object; false where a text in it cannot be had.</summary>
    private static bool TryVisit(JsonElement row, Action<string, JsonElement> take)
    {
        try
        {
            Visit(row, "", take);
            return true;
        }
        catch (InvalidOperationException)
        {
            // So says the reader of an escaped half of a surrogate pair.
            return false;
        }
    }

    private static void Visit(JsonElement row, string before, Action<string, JsonElement> take)
    {
        foreach (var property in row.EnumerateObject())
        {
            var name = before + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Visit(property.Value, name + ".", take);
            }
            else
            {
                take(name, property.Value);
            }
        }
    }
}
