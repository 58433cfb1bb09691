using System.Text;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Mapping;

/// <summary>Puts in place of a text what it stands for. Several threads may do so at once.</summary>
internal sealed class LookupTexts
{
    private readonly Dictionary<string, byte[]> _values;
    private readonly byte[]? _otherwise;

    /// <summary>Takes what is known.</summary>
    /// <param name="values">What texts stand for.</param>
    /// <param name="otherwise">What all others stand for; null where they are wrong.</param>
    public LookupTexts(IReadOnlyDictionary<string, string> values, string? otherwise)
    {
        // Many texts stand for few: each of those is kept once.
        var told = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        _values = new(values.Count, StringComparer.Ordinal);
        foreach (var (text, value) in values)
        {
            _values[text] = told.TryGetValue(value, out var known) ? known : told[value] = Encoding.UTF8.GetBytes(value);
        }

        _otherwise = otherwise is null ? null : Encoding.UTF8.GetBytes(otherwise);
    }

    /// <summary>What a text stands for; the text itself, as wrong, where nothing is said of it.</summary>
    public Slice Of(RecordBlock block, Slice text, out bool isWrong)
    {
        var found = _values.GetValueOrDefault(Encoding.UTF8.GetString(block.Text(text))) ?? _otherwise;
        isWrong = found is null;
        return found is null ? text : block.Append(found);
    }
}
