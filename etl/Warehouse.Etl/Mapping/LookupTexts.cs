using System.Text;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Mapping;

/// <summary>Puts in place of a text what it stands for.</summary>
internal sealed class LookupTexts(Lookup lookup)
{
    private readonly Dictionary<string, byte[]> _values = lookup.Values.ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Value));
    private readonly byte[]? _otherwise = lookup.Otherwise is { } text ? Encoding.UTF8.GetBytes(text) : null;

    /// <summary>What a text stands for; the text itself, as wrong, where nothing is said of it.</summary>
    public Slice Of(RecordBlock block, Slice text, out bool isWrong)
    {
        var found = _values.GetValueOrDefault(Encoding.UTF8.GetString(block.Text(text))) ?? _otherwise;
        isWrong = found is null;
        return found is null ? text : block.Append(found);
    }
}
