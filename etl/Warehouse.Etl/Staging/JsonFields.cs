using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Warehouse.Definitions;

namespace Warehouse.Etl.Staging;

/// <summary>A JSON object as a row: the names of nested values are joined by points; an array is the text of its JSON.</summary>
/// <param name="each">The array whose elements are the rows instead, the object's values beside each; null for none.</param>
internal sealed class JsonFields(string? each)
{
    /// <summary>More names than these are no columns: what should be values was written as names.</summary>
    public const int MostNames = 1 << 14;

    private const int RowsOfABlock = 2048;
    private const int FieldsOfABlock = 1 << 20;
    private const string NoUnicode = "A text of the object is no Unicode: it has bytes that are no characters, or half of a surrogate pair.";

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private string? _twice;

    /// <summary>The names that were learned, in the order of their first appearance.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>A block for records of the names that were learned.</summary>
    public RecordBlock NewBlock() => new(Names.Count) { IsTyped = true };

    /// <summary>Whether a block holds as many records as are handed on at once.</summary>
    public static bool IsFull(RecordBlock block)
    {
        var records = block.Count + block.Broken.Count;
        return records >= RowsOfABlock || (long)records * block.Fields >= FieldsOfABlock;
    }

    /// <summary>Learns the names of an object; what is no object has none.</summary>
    /// <param name="row">The object.</param>
    /// <param name="file">How people name the file.</param>
    /// <exception cref="UserFaultException">There are too many.</exception>
    public void Learn(JsonElement row, string file)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var element in ElementsOf(row))
        {
            _ = TryVisit(row, element, (name, _) =>
            {
                if (_places.TryAdd(name, _names.Count))
                {
                    _names.Add(name);
                }
            });
        }

        if (_names.Count > MostNames)
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"The objects in {file} have more than {MostNames} different names, such as \"{_names[0]}\" and \"{_names[^1]}\". Nothing was loaded. Write as values what is no name of a column."));
        }
    }

    /// <summary>Adds an object to a block, or its elements; what is none is set aside.</summary>
    public void Add(RecordBlock block, JsonElement row, long line)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            block.Broken.Add(new BrokenRecord(line, "json", $"Expected an object, found a JSON {row.ValueKind.ToString().ToLowerInvariant()}.", RawOf(row)));
            return;
        }

        foreach (var element in ElementsOf(row))
        {
            Add(block, row, element, line);
        }
    }

    private void Add(RecordBlock block, JsonElement row, JsonElement? element, long line)
    {
        var record = new Slice[_names.Count];
        var isText = TryVisit(row, element, (name, value) => record[_places[name]] = value.ValueKind switch
        {
            JsonValueKind.Null => default,
            JsonValueKind.String => block.Append(value.GetString()!),
            _ => block.Append(value.GetRawText()),
        });
        if (isText && _twice is null)
        {
            block.Add(record, line);
        }
        else
        {
            block.Broken.Add(new BrokenRecord(line, "json", isText ? $"The object says twice what \"{_twice}\" is." : NoUnicode, RawOf(row)));
        }
    }

    /// <summary>The text of a value; bytes that are no characters become U+FFFD.</summary>
    private static string RawOf(JsonElement row)
    {
        try
        {
            return row.GetRawText();
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(row));
        }
    }

    /// <summary>The elements that are rows; nothing, once, where the object is the row or has none.</summary>
    private JsonElement?[] ElementsOf(JsonElement row)
    {
        foreach (var part in each?.Split('.') ?? [])
        {
            row = row.ValueKind == JsonValueKind.Object && row.TryGetProperty(part, out var inner) ? inner : default;
        }

        return each is not null && row.ValueKind == JsonValueKind.Array && row.GetArrayLength() > 0 ? [.. row.EnumerateArray()] : [null];
    }

    /// <summary>Visits the values of an object; false where a text in it cannot be had.</summary>
    private bool TryVisit(JsonElement row, JsonElement? element, Action<string, JsonElement> take)
    {
        _said.Clear();
        _twice = null;
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
            // So says the reader of bytes that are no characters, and of an escaped half of a surrogate pair.
            return false;
        }
    }

    private void Visit(JsonElement row, string before, Action<string, JsonElement> take)
    {
        foreach (var property in row.EnumerateObject())
        {
            var name = before + property.Name;
            _twice = _said.Add(name) ? _twice : name;
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
