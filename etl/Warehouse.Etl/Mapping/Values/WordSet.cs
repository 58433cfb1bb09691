using System.Text;

namespace Warehouse.Etl.Mapping.Values;

/// <summary>Words that are found again whatever their letters' case.</summary>
internal sealed class WordSet
{
    private readonly byte[][] _words;
    private readonly HashSet<string> _lower;
    private readonly ulong _lengths;
    private readonly bool _isAscii;

    public WordSet(IEnumerable<string> words)
    {
        _lower = [.. words.Select(word => word.ToLowerInvariant())];
        _words = [.. _lower.Select(Encoding.UTF8.GetBytes)];
        _isAscii = _words.All(word => Ascii.IsValid(word));
        foreach (var word in _words)
        {
            _lengths |= 1UL << Math.Min(word.Length, 63);
        }
    }

    public bool IsEmpty => _words.Length == 0;

    public bool Contains(ReadOnlySpan<byte> text)
    {
        if (_isAscii)
        {
            if ((_lengths & (1UL << Math.Min(text.Length, 63))) == 0)
            {
                return false;
            }

            foreach (var word in _words)
            {
                if (word.Length == text.Length && Ascii.EqualsIgnoreCase(text, word))
                {
                    return true;
                }
            }

            return false;
        }

        return _lower.Contains(Encoding.UTF8.GetString(text).ToLowerInvariant());
    }
}
