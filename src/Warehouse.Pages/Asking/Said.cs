using System.Collections;
using System.Globalization;

namespace Warehouse.Pages.Asking;

/// <summary>What is said to a verb, by the names of its parameters: <c>new Said { ["as-of"] = day, ["limit"] = 20 }</c>.</summary>
public sealed class Said : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _texts = [];
    private readonly List<(string Name, string File, Stream Bytes)> _files = [];

    /// <summary>Says something; what is null or an empty text is not said, a list says each of its values.</summary>
    public object? this[string name]
    {
        set
        {
            switch (value)
            {
                case null or "":
                    break;
                case string text:
                    _texts.Add(new(name, text));
                    break;
                case bool flag:
                    _texts.Add(new(name, flag ? "true" : "false"));
                    break;
                case DateOnly day:
                    _texts.Add(new(name, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
                    break;
                case IEnumerable<string> several:
                    _texts.AddRange(several.Select(each => new KeyValuePair<string, string>(name, each)));
                    break;
                default:
                    _texts.Add(new(name, Convert.ToString(value, CultureInfo.InvariantCulture)!));
                    break;
            }
        }
    }

    /// <summary>Says the name alone, as an option that needs no value.</summary>
    public Said Bare(string name)
    {
        _texts.Add(new(name, ""));
        return this;
    }

    public IReadOnlyList<KeyValuePair<string, string>> Texts => _texts;

    public IReadOnlyList<(string Name, string File, Stream Bytes)> Files => _files;

    /// <summary>Sends a file for a parameter that takes one.</summary>
    public Said With(string name, string file, Stream bytes)
    {
        _files.Add((name, file, bytes));
        return this;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _texts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
