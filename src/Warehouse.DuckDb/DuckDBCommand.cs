using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Warehouse.DuckDb.Execution;

namespace Warehouse.DuckDb;

/// <summary>
/// One or several SQL statements with values for their parameters: <c>?</c> or <c>$1</c> by position, <c>$name</c> by
/// name. The statements are prepared when they first run and kept, so that running the command again with other values
/// costs little.
/// </summary>
/// <remarks>
/// A value goes to every statement that names it. One that is missing is an error before the statement that needs it
/// runs, one that no statement names an error before the last runs. The asynchronous methods run on a worker thread, and
/// their token interrupts the engine within milliseconds; the connection is usable afterwards.
/// </remarks>
public sealed class DuckDBCommand : DbCommand
{
    private string _text = "";
    private int _timeout;
    private DuckDBConnection? _connection;
    private DuckDBTransaction? _transaction;
    private StatementBatch? _batch;
    private CommandRun? _run;

    public DuckDBCommand()
    {
    }

    public DuckDBCommand(string commandText, DuckDBConnection? connection = null)
    {
        _text = commandText;
        _connection = connection;
    }

    /// <inheritdoc/>
    [AllowNull]
    public override string CommandText
    {
        get => _text;
        set
        {
            if (!string.Equals(_text, value, StringComparison.Ordinal))
            {
                _text = value ?? "";
                Forget();
            }
        }
    }

    /// <summary>
    /// How many seconds the engine may work for one execution before it is interrupted and a <see cref="DuckDBException"/>
    /// of kind <see cref="DuckDBErrorKind.Timeout"/> thrown; 0, the default, for as long as it takes.
    /// </summary>
    public override int CommandTimeout
    {
        get => _timeout;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _timeout = value;
        }
    }

    /// <summary>Always <see cref="CommandType.Text"/>.</summary>
    /// <exception cref="NotSupportedException">Another type was set.</exception>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
            {
                throw new NotSupportedException($"DuckDB has commands of text only, not {value}.");
            }
        }
    }

    /// <inheritdoc cref="DbCommand.Connection"/>
    public new DuckDBConnection? Connection
    {
        get => _connection;
        set
        {
            if (!ReferenceEquals(_connection, value))
            {
                _connection = value;
                Forget();
            }
        }
    }

    /// <inheritdoc cref="DbCommand.Parameters"/>
    public new DuckDBParameterCollection Parameters { get; } = new();

    /// <summary>
    /// The connection's transaction, or null: a command always runs in the transaction that its connection has, and one
    /// that has ended or belongs to another connection is refused.
    /// </summary>
    public new DuckDBTransaction? Transaction
    {
        get => _transaction;
        set => _transaction = value;
    }

    /// <inheritdoc/>
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc/>
    public override UpdateRowSource UpdatedRowSource { get; set; } = UpdateRowSource.None;

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => Connection;
        set => Connection = (DuckDBConnection?)value;
    }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => Parameters;

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction
    {
        get => Transaction;
        set => Transaction = (DuckDBTransaction?)value;
    }

    /// <summary>Stops this command's execution, which then throws <see cref="OperationCanceledException"/>. It may come from another thread.</summary>
    public override void Cancel() => Volatile.Read(ref _run)?.Cancel();

    /// <summary>Parses the text and plans its first statement now, so that faults in it show before it is run.</summary>
    /// <exception cref="DuckDBException">It is not SQL, or does not fit the database.</exception>
    public override void Prepare()
    {
        var connection = RequireConnection();
        connection.Enter(this);
        try
        {
            var batch = Batch(connection);
            if (batch.Count > 0)
            {
                batch.Prepared(0);
            }
        }
        finally
        {
            connection.Leave(this);
        }
    }

    /// <inheritdoc/>
    public override Task PrepareAsync(CancellationToken cancellationToken = default) => Task.Run(Prepare, cancellationToken);

    /// <summary>Runs all statements to their ends.</summary>
    /// <returns>How many rows were inserted, updated, deleted or copied; -1 when no statement was of that sort.</returns>
    public override int ExecuteNonQuery() => ExecuteNonQuery(CancellationToken.None);

    /// <inheritdoc cref="ExecuteNonQuery()"/>
    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        Task.Run(() => ExecuteNonQuery(cancellationToken), cancellationToken);

    /// <summary>The first value of the first row of the first result.</summary>
    /// <returns>Null when there is no row, <see cref="DBNull"/> when the value is NULL.</returns>
    public override object? ExecuteScalar() => ExecuteScalar(CancellationToken.None);

    /// <inheritdoc cref="ExecuteScalar()"/>
    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        Task.Run(() => ExecuteScalar(cancellationToken), cancellationToken);

    /// <inheritdoc cref="DbCommand.ExecuteReader()"/>
    public new DuckDBDataReader ExecuteReader() => ExecuteReader(CommandBehavior.Default);

    /// <summary>Runs up to the first statement that gives rows; the rows are fetched from the engine as they are read.</summary>
    public new DuckDBDataReader ExecuteReader(CommandBehavior behavior) => ExecuteReader(behavior, CancellationToken.None);

    /// <inheritdoc cref="ExecuteReader(CommandBehavior)"/>
    public new Task<DuckDBDataReader> ExecuteReaderAsync(CancellationToken cancellationToken = default) =>
        ExecuteReaderAsync(CommandBehavior.Default, cancellationToken);

    /// <inheritdoc cref="ExecuteReader(CommandBehavior)"/>
    public new Task<DuckDBDataReader> ExecuteReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken = default) =>
        Task.Run(() => ExecuteReader(behavior, cancellationToken), cancellationToken);

    /// <summary>Runs up to the first statement that gives rows, to be read by columns.</summary>
    public DuckDBChunkReader ExecuteChunkReader(CancellationToken cancellationToken = default)
    {
        var connection = RequireConnection();
        connection.Enter(this);
        try
        {
            var reader = new DuckDBChunkReader(this, StartReading(connection, cancellationToken));
            connection.PassOn(this, reader);
            return reader;
        }
        catch
        {
            Finished(this);
            throw;
        }
    }

    /// <inheritdoc cref="ExecuteChunkReader"/>
    public Task<DuckDBChunkReader> ExecuteChunkReaderAsync(CancellationToken cancellationToken = default) =>
        Task.Run(() => ExecuteChunkReader(cancellationToken), cancellationToken);

    /// <inheritdoc cref="DbCommand.CreateParameter"/>
    public new DuckDBParameter CreateParameter() => new();

    /// <summary>The reader has been closed.</summary>
    internal void Finished(object user)
    {
        Volatile.Write(ref _run, null);
        _connection?.Leave(user);
    }

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => CreateParameter();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => ExecuteReader(behavior);

    /// <inheritdoc/>
    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await ExecuteReaderAsync(behavior, cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Forget();
        }

        base.Dispose(disposing);
    }

    private int ExecuteNonQuery(CancellationToken cancellationToken) => Execute(static (run, token) =>
    {
        while (run.NextResult(token))
        {
            run.Drain(token);
        }

        return (int)Math.Min(run.RowsChanged, int.MaxValue);
    }, cancellationToken);

    private object? ExecuteScalar(CancellationToken cancellationToken) => Execute(static (run, token) =>
    {
        object? scalar = null;
        if (run.NextResult(token) && run.Fetch(token) > 0)
        {
            var first = run.Result!.Vectors[0];
            scalar = first.IsNull(0) ? DBNull.Value : Types.ValueReader.ReadObject(first, 0);
        }

        return scalar;
    }, cancellationToken);

    private T Execute<T>(Func<CommandRun, CancellationToken, T> work, CancellationToken cancellationToken)
    {
        var connection = RequireConnection();
        connection.Enter(this);
        try
        {
            using var run = Start(connection);
            return work(run, cancellationToken);
        }
        finally
        {
            Finished(this);
        }
    }

    private DuckDBDataReader ExecuteReader(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        var connection = RequireConnection();
        connection.Enter(this);
        try
        {
            if (behavior.HasFlag(CommandBehavior.SchemaOnly))
            {
                var batch = Batch(connection);
                var columns = batch.Count == 0 ? [] : batch.Prepared(0).Columns();
                connection.Leave(this);
                return new DuckDBDataReader(this, run: null, columns, behavior);
            }

            var run = StartReading(connection, cancellationToken);
            var reader = new DuckDBDataReader(this, run, run.Result?.Columns ?? [], behavior);
            connection.PassOn(this, reader);
            return reader;
        }
        catch
        {
            Finished(this);
            throw;
        }
    }

    private CommandRun StartReading(DuckDBConnection connection, CancellationToken cancellationToken)
    {
        var run = Start(connection);
        try
        {
            run.NextResult(cancellationToken);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    private CommandRun Start(DuckDBConnection connection)
    {
        var run = new CommandRun(
            Batch(connection),
            new ParameterValues(Parameters),
            new Interruption(connection.Handle, TimeSpan.FromSeconds(_timeout)));
        Volatile.Write(ref _run, run);
        return run;
    }

    private StatementBatch Batch(DuckDBConnection connection)
    {
        if (_batch is { IsUsable: true } known && known.BelongsTo(connection.Handle))
        {
            return known;
        }

        Forget();
        _batch = StatementBatch.Parse(connection.Handle, _text);
        connection.Keep(_batch);
        return _batch;
    }

    private DuckDBConnection RequireConnection()
    {
        var connection = _connection ?? throw new InvalidOperationException("The command has no connection.");
        if (connection.State != ConnectionState.Open)
        {
            throw new InvalidOperationException("The command's connection is not open.");
        }

        if (string.IsNullOrWhiteSpace(_text))
        {
            throw new InvalidOperationException("The command has no text.");
        }

        return _transaction is null || ReferenceEquals(_transaction, connection.Transaction)
            ? connection
            : throw new InvalidOperationException("The command's transaction has ended, or is another connection's.");
    }

    private void Forget()
    {
        _batch?.Dispose();
        _batch = null;
    }
}
