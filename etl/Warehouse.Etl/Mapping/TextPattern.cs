using System.Text;
using System.Text.RegularExpressions;

namespace Warehouse.Etl.Mapping;

/// <summary>A regular expression that a text matches as a whole, or not, in time in proportion to its length.</summary>
internal sealed class TextPattern(string pattern)
{
    private const int OnTheStack = 256;

    private readonly Regex _regex = new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);

    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        Span<char> letters = text.Length <= OnTheStack ? stackalloc char[OnTheStack] : new char[text.Length];
        return _regex.IsMatch(letters[..Encoding.UTF8.GetChars(text, letters)]);
    }
}
