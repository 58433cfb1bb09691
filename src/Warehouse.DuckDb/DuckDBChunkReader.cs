using Warehouse.DuckDb.Execution;

namespace Warehouse.DuckDb;

/// <summary>
/// A result by columns: the engine's own chunks of at most 2048 rows, looked at where they lie, without a copy and without
/// an allocation per row or chunk. The connection is the reader's until it is disposed.
/// </summary>
/// <example>
/// <code>
/// using var reader = command.ExecuteChunkReader();
/// while (reader.Read())
/// {
///     var amounts = reader.Current[0].AsSpan&lt;long&gt;();
///     …
/// }
/// </code>
/// </example>
public sealed class DuckDBChunkReader : IOpenReader, IDisposable, IAsyncDisposable
{
    private readonly DuckDBCommand _command;
    private readonly CommandRun _run;
    private int _rows;
    private bool _isClosed;

    internal DuckDBChunkReader(DuckDBCommand command, CommandRun run)
    {
        _command = command;
        _run = run;
        Columns = DuckDBColumn.Of(run.Result?.Columns ?? []);
    }

    /// <summary>The columns of the first statement that gives rows; none if no statement does.</summary>
    public IReadOnlyList<DuckDBColumn> Columns { get; }

    /// <summary>The chunk that was read last.</summary>
    /// <exception cref="InvalidOperationException">There is none: nothing has been read yet, or everything.</exception>
    public DuckDBDataChunk Current => _rows > 0
        ? new DuckDBDataChunk(_run.Result!, _rows)
        : throw new InvalidOperationException("There is no chunk: call Read first, and stop when it returns false.");

    /// <summary>The next chunk, which takes the place of the last: vectors and spans of that are gone.</summary>
    /// <returns>False at the end.</returns>
    public bool Read(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        _rows = 0;
        _rows = Columns.Count == 0 ? 0 : _run.Fetch(cancellationToken);
        return _rows > 0;
    }

    /// <summary>The next chunk, waited for on a worker thread.</summary>
    /// <inheritdoc cref="Read"/>
    public Task<bool> ReadAsync(CancellationToken cancellationToken = default) => Task.Run(() => Read(cancellationToken), cancellationToken);

    /// <inheritdoc cref="DuckDBDataReader.WriteArrowStreamAsync(Stream, CancellationToken)"/>
    public Task<long> WriteArrowStreamAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        return _run.WriteArrowAsync(stream, int.MaxValue, _rows, cancellationToken);
    }

    /// <summary>Ends the statement, wherever it is, and gives the connection free.</summary>
    public void Dispose()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _rows = 0;
            _run.Dispose();
            _command.Finished(this);
        }
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    void IOpenReader.Close() => Dispose();

    void IOpenReader.Interrupt() => _run.Cancel();
}
