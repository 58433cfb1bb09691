using System.Collections;
using System.Data;
using System.Data.Common;
using Warehouse.DuckDb.Execution;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb;

/// <summary>
/// Rows in the order in which the engine gives them, fetched a chunk of at most 2048 at a time as they are read: a result
/// of any length takes the memory of one chunk. The connection is the reader's until it is closed.
/// </summary>
public sealed partial class DuckDBDataReader : DbDataReader, IOpenReader
{
    private readonly DuckDBCommand _command;
    private readonly CommandRun? _run;
    private readonly CommandBehavior _behavior;
    private ResultColumn[] _columns;
    private ColumnVector[] _vectors;
    private long _row = -1;
    private int _rowsInChunk;
    private bool _hasFetched;
    private bool _hasRows;
    private bool _isAtEnd;
    private bool _isClosed;
    private int _recordsAffected = -1;

    internal DuckDBDataReader(DuckDBCommand command, CommandRun? run, ResultColumn[] columns, CommandBehavior behavior)
    {
        _command = command;
        _run = run;
        _behavior = behavior;
        _columns = columns;
        _vectors = run?.Result?.Vectors ?? [];
    }

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <inheritdoc/>
    public override bool IsClosed => _isClosed;

    /// <summary>
    /// Rows changed by the statements that have run so far; -1 when none of them changes rows. Complete once the reader
    /// is closed or <see cref="NextResult()"/> has returned false.
    /// </summary>
    public override int RecordsAffected => _isClosed ? _recordsAffected : (int)Math.Min(_run?.RowsChanged ?? -1, int.MaxValue);

    /// <summary>Whether the current result has a row. Asking may wait for the engine's first chunk.</summary>
    public override bool HasRows
    {
        get
        {
            RequireOpen();
            if (!_hasFetched)
            {
                Fetch(CancellationToken.None);
            }

            return _hasRows;
        }
    }

    /// <inheritdoc/>
    public override bool Read()
    {
        RequireOpen();
        return Read(CancellationToken.None);
    }

    /// <summary>The next row: at once when it is in the chunk that is there, from a worker thread when it is not.</summary>
    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        RequireOpen();
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<bool>(cancellationToken);
        }

        return _isAtEnd || _row + 1 < _rowsInChunk
            ? Task.FromResult(Read(CancellationToken.None))
            : Task.Run(() => Read(cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public override bool NextResult()
    {
        RequireOpen();
        return NextResult(CancellationToken.None);
    }

    /// <inheritdoc/>
    public override Task<bool> NextResultAsync(CancellationToken cancellationToken)
    {
        RequireOpen();
        return Task.Run(() => NextResult(cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Writes the current result as an Arrow IPC stream, from a worker thread: batches of 65,536 rows, ENUMs as
    /// dictionaries. Infinite dates and timestamps keep the engine's numbers; UUID, BIT, BIGNUM and TIME WITH TIME ZONE are
    /// text.
    /// </summary>
    /// <returns>How many rows were written.</returns>
    /// <exception cref="InvalidOperationException">Rows have been read already.</exception>
    /// <exception cref="NotSupportedException">A column's type has no place in Arrow.</exception>
    public Task<long> WriteArrowStreamAsync(Stream stream, CancellationToken cancellationToken = default) =>
        WriteArrowStreamAsync(stream, int.MaxValue, cancellationToken);

    /// <summary>Writes the first columns of the current result as an Arrow IPC stream: see <see cref="WriteArrowStreamAsync(Stream, CancellationToken)"/>.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="columns">How many columns; all of them where there are fewer.</param>
    /// <param name="cancellationToken">Stops it between two chunks.</param>
    public async Task<long> WriteArrowStreamAsync(Stream stream, int columns, CancellationToken cancellationToken = default)
    {
        RequireOpen();
        if (_run is null || _row >= 0 || _isAtEnd)
        {
            throw new InvalidOperationException("The result is written whole: before the first row is read.");
        }

        var inHand = _rowsInChunk;
        (_hasFetched, _isAtEnd, _rowsInChunk) = (true, true, 0);
        return await _run.WriteArrowAsync(stream, columns, inHand, cancellationToken);
    }

    /// <summary>Ends the statement, wherever it is, and gives the connection free; statements not yet reached do not run.</summary>
    public override void Close()
    {
        if (_isClosed)
        {
            return;
        }

        try
        {
            if (_run?.Result is { CountsRowsGiven: true } && !_isAtEnd)
            {
                _run.Drain(CancellationToken.None);
            }
        }
        finally
        {
            _recordsAffected = RecordsAffected;
            _isClosed = true;
            _vectors = [];
            _run?.Dispose();
            _command.Finished(this);
            if (_behavior.HasFlag(CommandBehavior.CloseConnection))
            {
                _command.Connection?.Close();
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    void IOpenReader.Interrupt() => _run?.Cancel();

    private bool Read(CancellationToken cancellationToken)
    {
        if (_row + 1 < _rowsInChunk && !IsPastSingleRow)
        {
            _row++;
            return true;
        }

        var foundEmpty = _hasFetched && _rowsInChunk == 0;
        if (_isAtEnd || foundEmpty || IsPastSingleRow || Fetch(cancellationToken) == 0)
        {
            _isAtEnd = true;
            _rowsInChunk = 0;
            return false;
        }

        _row = 0;
        return true;
    }

    private bool IsPastSingleRow => _row == 0 && _behavior.HasFlag(CommandBehavior.SingleRow);

    private int Fetch(CancellationToken cancellationToken)
    {
        (_row, _rowsInChunk, _hasFetched) = (-1, 0, true);
        try
        {
            _rowsInChunk = _run is null || _columns.Length == 0 ? 0 : _run.Fetch(cancellationToken);
        }
        catch
        {
            _isAtEnd = true;
            throw;
        }

        _hasRows |= _rowsInChunk > 0;
        return _rowsInChunk;
    }

    private bool NextResult(CancellationToken cancellationToken)
    {
        if (_run is null || _behavior.HasFlag(CommandBehavior.SingleResult))
        {
            _isAtEnd = true;
            _rowsInChunk = 0;
            return false;
        }

        (_row, _rowsInChunk, _hasFetched, _hasRows, _isAtEnd) = (-1, 0, false, false, false);
        var found = _run.NextResult(cancellationToken);
        _columns = _run.Result?.Columns ?? [];
        _vectors = _run.Result?.Vectors ?? [];
        return found;
    }

    private void RequireOpen() => ObjectDisposedException.ThrowIf(_isClosed, this);
}
