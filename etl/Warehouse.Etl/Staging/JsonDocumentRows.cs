using System.Text.Json;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Staging;

/// <summary>
/// The objects of an array in a JSON document, of which one at a time is held. It is read twice: for the names, and for the rows.
/// A row's line is its number in the array, from 1.
/// </summary>
internal sealed class JsonDocumentRows : IRowSource
{
    private readonly string _path;
    private readonly string _name;
    private readonly FeedSource _source;
    private readonly string[] _array;
    private readonly JsonFields _fields;

    private JsonDocumentRows(string path, string name, FeedSource source)
    {
        (_path, _name, _source, _array, _fields) = (path, name, source, source.Part.Path?.Split('.') ?? [], new JsonFields(source.Each));
    }

    public IReadOnlyList<string> Header => _fields.Names;

    /// <summary>Opens a document.</summary>
    /// <exception cref="UserFaultException">It is none, or holds no array where the feed says.</exception>
    public static JsonDocumentRows Open(string path, string name, FeedSource source)
    {
        var rows = new JsonDocumentRows(path, name, source);
        foreach (var element in rows.Elements())
        {
            using (element)
            {
                rows._fields.Learn(element.RootElement, name);
            }
        }

        return rows;
    }

    public IEnumerable<RecordBlock> Read(CancellationToken cancellationToken)
    {
        var block = _fields.NewBlock();
        long line = 0;
        foreach (var element in Elements())
        {
            using (element)
            {
                _fields.Add(block, element.RootElement, ++line);
            }

            if (JsonFields.IsFull(block))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return block;
                block = _fields.NewBlock();
            }
        }

        yield return block;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<JsonDocument> Elements()
    {
        using var tokens = new JsonTokens(SourceStream.Open(_path, _source.Encoding, out _));
        Told(() => FindArray(tokens));
        while (Told(tokens.TakeElement) is { } element)
        {
            yield return element;
        }

        Told(() => RequireOneArray(tokens));
    }

    private T Told<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException broken)
        {
            throw new UserFaultException(
                $"{_name} is no JSON that can be read: {broken.Message} Nothing was loaded.{(broken.LineNumber > 0 ? " If it has an object on each line, say « format: jsonl »." : "")}", broken);
        }
    }

    private void Told(Action read) => Told(() =>
    {
        read();
        return true;
    });

    /// <summary>Moves into the array of rows.</summary>
    private void FindArray(JsonTokens tokens)
    {
        tokens.Read();
        foreach (var part in _array)
        {
            if (!TryEnter(tokens, part, out var known))
            {
                RequireWhole(tokens);
                throw new UserFaultException(
                    $"{_name} has no \"{part}\" where the feed's path \"{_source.Part.Path}\" leads. Nothing was loaded. {NearNames.Hint(part, known, "names")}");
            }
        }

        if (tokens.Type != JsonTokenType.StartArray)
        {
            var arrays = ArraysIn(tokens);
            RequireWhole(tokens);
            throw new UserFaultException(
                $"{_name} holds no array of rows there. Nothing was loaded. {(arrays.Count == 0 ? "" : $"Say which by \"path\": {string.Join(", ", arrays)}.")}");
        }
    }

    /// <summary>Moves to the value of a name of the object in which reading stands.</summary>
    private static bool TryEnter(JsonTokens tokens, string name, out List<string> known)
    {
        known = [];
        while (tokens.Type == JsonTokenType.StartObject || known.Count > 0)
        {
            if (tokens.Read() != JsonTokenType.PropertyName)
            {
                return false;
            }

            var found = tokens.Name;
            tokens.Read();
            if (found == name)
            {
                return true;
            }

            known.Add(found ?? "");
            tokens.Skip();
        }

        return false;
    }

    private static List<string> ArraysIn(JsonTokens tokens)
    {
        var arrays = new List<string>();
        for (var isObject = tokens.Type == JsonTokenType.StartObject; isObject && tokens.Read() == JsonTokenType.PropertyName; tokens.Skip())
        {
            var name = tokens.Name ?? "";
            if (tokens.Read() == JsonTokenType.StartArray)
            {
                arrays.Add(name);
            }
        }

        return arrays;
    }

    /// <summary>Reads on to the end: what is no JSON at all is told before what is missing in it.</summary>
    private static void RequireWhole(JsonTokens tokens)
    {
        while (tokens.TryRead())
        {
        }
    }

    /// <summary>Reads what follows the array: another one that goes by the same names would be lost.</summary>
    private void RequireOneArray(JsonTokens tokens)
    {
        var depth = _array.Length;
        while (tokens.TryRead())
        {
            if (tokens.Type == JsonTokenType.PropertyName && tokens.Depth == depth && tokens.Name == _array[depth - 1])
            {
                throw new UserFaultException($"{_name} says twice what \"{string.Join('.', _array[..depth])}\" is. Nothing was loaded.");
            }

            depth -= tokens.Type == JsonTokenType.EndObject && tokens.Depth == depth - 1 ? 1 : 0;
        }
    }
}
