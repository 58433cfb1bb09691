using System.Text.Json;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Staging;

/// <summary>The objects of an array in a JSON document. A row's line is its number in the array, from 1.</summary>
internal sealed class JsonDocumentRows : IRowSource
{
    private const long MostBytes = 1L << 29;
    private const int RowsOfABlock = 2048;

    private readonly JsonDocument _document;
    private readonly JsonElement _rows;
    private readonly JsonFields _fields;

    private JsonDocumentRows(JsonDocument document, JsonElement rows, string? each)
    {
        (_document, _rows, _fields) = (document, rows, new JsonFields(each));
        foreach (var row in rows.EnumerateArray())
        {
            _fields.Learn(row);
        }
    }

    public IReadOnlyList<string> Header => _fields.Names;

    /// <summary>Reads a document.</summary>
    /// <exception cref="UserFaultException">It is none, is very large, or holds no array where the feed says.</exception>
    public static JsonDocumentRows Open(string path, string name, FeedSource source)
    {
        if (new FileInfo(path).Length > MostBytes)
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"{name} is a JSON document of more than {MostBytes} bytes, which has to be held in memory whole. Nothing was loaded. Write it as JSON Lines (.jsonl), an object on each line."));
        }

        JsonDocument document;
        try
        {
            using var stream = SourceStream.Open(path, source.Encoding, out _);
            document = JsonDocument.Parse(stream);
        }
        catch (JsonException broken)
        {
            throw new UserFaultException(
                $"{name} is no JSON: {broken.Message} Nothing was loaded.{(broken.LineNumber > 0 ? " If it has an object on each line, say « format: jsonl »." : "")}", broken);
        }

        try
        {
            return new JsonDocumentRows(document, Find(document.RootElement, name, source.Part.Path), source.Each);
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    public IEnumerable<RecordBlock> Read(CancellationToken cancellationToken)
    {
        var block = new RecordBlock(Header.Count) { IsTyped = true };
        long line = 0;
        foreach (var row in _rows.EnumerateArray())
        {
            _fields.Add(block, row, ++line);
            if (line % RowsOfABlock == 0)
            {
                yield return block;
                block = new RecordBlock(Header.Count) { IsTyped = true };
            }
        }

        yield return block;
    }

    public ValueTask DisposeAsync()
    {
        _document.Dispose();
        return ValueTask.CompletedTask;
    }

    private static JsonElement Find(JsonElement element, string name, string? path)
    {
        foreach (var part in path?.Split('.') ?? [])
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out var inner))
            {
                var known = element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(property => property.Name) : [];
                throw new UserFaultException(
                    $"{name} has no \"{part}\" where the feed's path \"{path}\" leads. Nothing was loaded. {NearNames.Hint(part, known, "names")}");
            }

            element = inner;
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            var lists = element.ValueKind == JsonValueKind.Object
                ? element.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Array).Select(property => property.Name).ToArray()
                : [];
            throw new UserFaultException(
                $"{name} holds no array of rows there. Nothing was loaded. {(lists.Length == 0 ? "" : $"Say which by \"path\": {string.Join(", ", lists)}.")}");
        }

        return element;
    }
}
