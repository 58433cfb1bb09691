using System.Text;
using System.Text.Json;
using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Staging;

/// <summary>The objects of a file with one on each line. It is read twice: for the names, and for the rows.</summary>
internal sealed class JsonLineRows : IRowSource
{
    private const int RowsOfABlock = 2048;
    private const char Replacement = '\uFFFD';

    private readonly string _path;
    private readonly Encoding _encoding;
    private readonly JsonFields _fields;

    public JsonLineRows(string path, FeedSource source)
    {
        (_path, _encoding, _fields) = (path, source.Encoding, new JsonFields(source.Each));
        foreach (var (line, _) in Lines())
        {
            using var row = Parse(line, out _);
            if (row is not null)
            {
                _fields.Learn(row.RootElement);
            }
        }
    }

    public IReadOnlyList<string> Header => _fields.Names;

    public IEnumerable<RecordBlock> Read(CancellationToken cancellationToken)
    {
        var block = new RecordBlock(Header.Count) { IsTyped = true };
        foreach (var (line, number) in Lines())
        {
            using var row = Parse(line, out var fault);
            if (row is null)
            {
                block.Broken.Add(new BrokenRecord(number, "json", $"The line is no JSON: {fault}", line));
            }
            else if (line.Contains(Replacement, StringComparison.Ordinal))
            {
                block.Broken.Add(new BrokenRecord(number, "encoding", "The line has bytes that are no characters in the file's encoding.", line));
            }
            else
            {
                _fields.Add(block, row.RootElement, number);
            }

            if (block.Count + block.Broken.Count >= RowsOfABlock)
            {
                yield return block;
                block = new RecordBlock(Header.Count) { IsTyped = true };
            }
        }

        yield return block;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static JsonDocument? Parse(string line, out string? fault)
    {
        try
        {
            fault = null;
            return JsonDocument.Parse(line);
        }
        catch (JsonException broken)
        {
            fault = broken.Message;
            return null;
        }
    }

    private IEnumerable<(string Line, long Number)> Lines()
    {
        using var reader = new StreamReader(SourceStream.Open(_path, _encoding, out _), Encoding.UTF8);
        long number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return (line, number);
            }
        }
    }
}
