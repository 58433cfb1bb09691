using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Staging;

/// <summary>A file of delimited text, plain or compressed.</summary>
internal sealed class DelimitedFile : IRowSource
{
    private readonly Stream _stream;
    private readonly DelimitedRecords _records;

    public DelimitedFile(string path, FeedSource source)
    {
        _stream = SourceStream.Open(path, source.Encoding, out var isTranscoded);
        _stream = source.HasBlankRuns ? new BlankRunsStream(_stream) : _stream;
        try
        {
            var delimiter = source.HasBlankRuns ? $"{BlankRunsStream.Delimiter}" : source.Delimiter ?? DelimiterOf(path);
            _records = new DelimitedRecords(_stream, delimiter, source.Quote, source.Escape)
            {
                IsTranscoded = isTranscoded,
                HeaderLine = source.Part.HeaderRow,
                Comment = (byte?)source.Comment,
                JoinsStrayDelimiters = source.JoinsStrayDelimiters,
            };
            Header = _records.ReadHeader(source.Header);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> Header { get; }

    public IEnumerable<RecordBlock> Read(CancellationToken cancellationToken) => _records.Read();

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>What separates the fields of a file where nothing else is said.</summary>
    public static string DelimiterOf(string path) =>
        path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tsv.gz", StringComparison.OrdinalIgnoreCase) ? "\t" : ",";
}
