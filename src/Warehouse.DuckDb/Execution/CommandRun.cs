using Warehouse.DuckDb.Arrow;

namespace Warehouse.DuckDb.Execution;

/// <summary>One execution of a command: its statements in turn, and the rows of the one that it stands at.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly StatementBatch _batch;
    private readonly ParameterValues _values;
    private readonly Interruption _interruption;
    private readonly Lock _engine = new();
    private int _next;
    private bool _isDisposed;

    public CommandRun(StatementBatch batch, ParameterValues values, Interruption interruption)
    {
        _batch = batch;
        _values = values;
        _interruption = interruption;
    }

    /// <summary>The statement that gives rows now; null before the first and after the last.</summary>
    public QueryResult? Result { get; private set; }

    /// <summary>Rows changed by the statements so far; -1 when none of them was of a sort that changes rows.</summary>
    public long RowsChanged { get; private set; } = -1;

    /// <summary>Runs on to the next statement that gives rows; false when there is none.</summary>
    public bool NextResult(CancellationToken cancellationToken)
    {
        using var inUse = _engine.EnterScope();
        FinishResult(cancellationToken);
        Begin(cancellationToken);
        try
        {
            while (_next < _batch.Count)
            {
                var statement = _batch.Prepared(_next++);
                _values.BindTo(statement);
                if (_next == _batch.Count)
                {
                    _values.RequireAllUsed(statement);
                }

                var result = statement.Execute();
                if (result.HasRows)
                {
                    Result = result;
                    return true;
                }

                using (result)
                {
                    Count(result.ChangedRows());
                }
            }

            return false;
        }
        catch (DuckDBException fault)
        {
            throw _interruption.Translate(fault);
        }
        finally
        {
            _interruption.End();
        }
    }

    /// <summary>The next chunk's number of rows; 0 at the end.</summary>
    public int Fetch(CancellationToken cancellationToken)
    {
        using var inUse = _engine.EnterScope();
        Begin(cancellationToken);
        try
        {
            var rows = Result!.Fetch();
            if (Result.CountsRowsGiven)
            {
                Count(rows);
            }

            return rows;
        }
        catch (DuckDBException fault)
        {
            throw _interruption.Translate(fault);
        }
        finally
        {
            _interruption.End();
        }
    }

    /// <summary>Reads the rest and throws it away, so that what fails late still fails.</summary>
    public void Drain(CancellationToken cancellationToken)
    {
        while (Fetch(cancellationToken) > 0)
        {
        }
    }

    /// <summary>Writes the rows that are left, those of the current chunk that are in hand first, and returns how many they were.</summary>
    public Task<long> WriteArrowAsync(Stream stream, int columns, int rowsInHand, CancellationToken cancellationToken)
    {
        var result = Result ?? throw new InvalidOperationException("There are no rows to write: no statement of the command gives any.");
        return new ArrowStream(stream, result.Columns[..Math.Min(columns, result.Columns.Length)]).WriteAsync(result, rowsInHand, Fetch, cancellationToken);
    }

    public void Cancel() => _interruption.Interrupt(InterruptReason.Cancel);

    /// <summary>Frees the result. What another thread waits for is stopped first, and its end waited for.</summary>
    public void Dispose()
    {
        if (!_engine.TryEnter())
        {
            Cancel();
            _engine.Enter();
        }

        try
        {
            _isDisposed = true;
            Result?.Dispose();
            Result = null;
            _interruption.Dispose();
        }
        finally
        {
            _engine.Exit();
        }
    }

    private void Begin(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _interruption.Begin(cancellationToken);
    }

    private void FinishResult(CancellationToken cancellationToken)
    {
        if (Result is null)
        {
            return;
        }

        if (Result.CountsRowsGiven)
        {
            Drain(cancellationToken);
        }

        Result.Dispose();
        Result = null;
    }

    private void Count(long? rows)
    {
        if (rows is { } changed)
        {
            RowsChanged = Math.Max(RowsChanged, 0) + changed;
        }
    }
}
