using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Staging;

/// <summary>The objects of a file with one on each line. It is read twice: for the names, and for the rows.</summary>
internal sealed class JsonLineRows : IRowSource
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonTokens.MostDepth };

    private readonly string _path;
    private readonly string _name;
    private readonly Encoding _encoding;
    private readonly JsonFields _fields;
    private bool _isTranscoded;

    public JsonLineRows(string path, string name, FeedSource source)
    {
        (_path, _name, _encoding, _fields) = (path, name, source.Encoding, new JsonFields(source.Each));
        foreach (var (line, _) in Lines())
        {
            using var row = Parse(line, out _);
            if (row is not null)
            {
                _fields.Learn(row.RootElement, name);
            }
        }
    }

    public IReadOnlyList<string> Header => _fields.Names;

    public IEnumerable<RecordBlock> Read(CancellationToken cancellationToken)
    {
        var block = _fields.NewBlock();
        foreach (var (line, number) in Lines())
        {
            using var row = Parse(line, out var fault);
            if (row is null)
            {
                block.Broken.Add(new BrokenRecord(number, "json", $"The line is no JSON: {fault}", Encoding.UTF8.GetString(line.Span)));
            }
            else if (_isTranscoded ? line.Span.IndexOf("\uFFFD"u8) >= 0 : !Utf8.IsValid(line.Span))
            {
                block.Broken.Add(new BrokenRecord(number, "encoding", "The line has bytes that are no characters in the file's encoding.", Encoding.UTF8.GetString(line.Span)));
            }
            else
            {
                _fields.Add(block, row.RootElement, number);
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

    private static JsonDocument? Parse(ReadOnlyMemory<byte> line, out string? fault)
    {
        try
        {
            fault = null;
            return JsonDocument.Parse(line, Options);
        }
        catch (JsonException broken)
        {
            fault = broken.Message;
            return null;
        }
    }

    private IEnumerable<(ReadOnlyMemory<byte> Line, long Number)> Lines()
    {
        using var stream = SourceStream.Open(_path, _encoding, out _isTranscoded);
        foreach (var line in TextLines.Of(stream, _name))
        {
            if (line.Line.Span.ContainsAnyExcept(" \t"u8))
            {
                yield return line;
            }
        }
    }
}
