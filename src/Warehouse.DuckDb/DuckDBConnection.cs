using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Warehouse.DuckDb.Execution;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb;

/// <summary>
/// A connection to a DuckDB database: a transaction of its own, and one statement at a time. All connections of this
/// process to one file, or to one name in memory, share one running instance of the database.
/// </summary>
/// <remarks>
/// A connection is used by one thread at a time; <see cref="DuckDBCommand.Cancel"/> and <see cref="GetQueryProgress"/> may
/// come from another. Threads that work at once have a connection each; opening one to a running instance takes
/// microseconds.
/// </remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "DbConnection is disposable.")]
public sealed class DuckDBConnection : DbConnection
{
    private readonly DuckDBDataSource? _source;
    private readonly List<WeakReference<IDisposable>> _dependents = [];
    private string _connectionString = "";
    private ConnectionHandle? _handle;
    private DuckDBTransaction? _transaction;
    private object? _user;

    public DuckDBConnection()
    {
    }

    public DuckDBConnection(string connectionString) => _connectionString = connectionString;

    internal DuckDBConnection(DuckDBDataSource source)
        : this(source.ConnectionString) => _source = source;

    /// <inheritdoc/>
    [AllowNull]
    public override string ConnectionString
    {
        get => _connectionString;
        set
        {
            RequireClosed();
            if (_source is not null)
            {
                throw new InvalidOperationException("The connection string of a data source's connection cannot be changed.");
            }

            _connectionString = value ?? "";
        }
    }

    /// <summary>The path of the file, or the <c>:memory:</c> name, as the connection string has it.</summary>
    public override string DataSource => new DuckDBConnectionStringBuilder(_connectionString).DataSource;

    /// <summary>The same as <see cref="DataSource"/>; the engine's name for it is what <c>current_database()</c> says.</summary>
    public override string Database => DataSource;

    /// <inheritdoc/>
    public override string ServerVersion => LibraryVersion;

    /// <summary>The version of libduckdb, such as <c>v1.5.5</c>.</summary>
    public static unsafe string LibraryVersion => NativeText.Read(NativeMethods.duckdb_library_version());

    /// <inheritdoc/>
    public override ConnectionState State => _handle is null ? ConnectionState.Closed : ConnectionState.Open;

    /// <inheritdoc/>
    public override bool CanCreateBatch => false;

    internal ConnectionHandle Handle => _handle ?? throw new InvalidOperationException("The connection is not open.");

    internal DuckDBTransaction? Transaction
    {
        get => _transaction;
        set => _transaction = value;
    }

    /// <inheritdoc/>
    protected override DbProviderFactory DbProviderFactory => DuckDBClientFactory.Instance;

    /// <exception cref="ArgumentException">The connection string has an unknown key or an impossible value.</exception>
    /// <exception cref="DuckDBException">
    /// The database cannot be opened: <see cref="DuckDBException.ErrorKind"/> says why, and
    /// <see cref="DuckDBException.LockHolderProcessId"/> which process holds it.
    /// </exception>
    public override void Open()
    {
        RequireClosed();
        _handle = _source?.Connect() ?? ConnectAlone();
        OnStateChange(new StateChangeEventArgs(ConnectionState.Closed, ConnectionState.Open));
    }

    /// <inheritdoc/>
    public override Task OpenAsync(CancellationToken cancellationToken) => Task.Run(Open, cancellationToken);

    /// <summary>Ends what is going on: an open reader is closed and an open transaction rolled back.</summary>
    public override void Close()
    {
        if (_handle is not { } handle)
        {
            return;
        }

        (Volatile.Read(ref _user) as DuckDBCommand)?.Cancel();
        (Volatile.Read(ref _user) as IOpenReader)?.Interrupt();
        CloseReader();
        _transaction?.ConnectionClosed();
        _transaction = null;
        FreeDependents();
        _handle = null;
        _user = null;
        handle.Dispose();
        OnStateChange(new StateChangeEventArgs(ConnectionState.Open, ConnectionState.Closed));
    }

    /// <summary>Not possible: a connection stays with its database.</summary>
    public override void ChangeDatabase(string databaseName) =>
        throw new NotSupportedException("A connection stays with its database. In SQL, USE changes the default catalogue and schema.");

    /// <inheritdoc cref="DbConnection.CreateCommand"/>
    public new DuckDBCommand CreateCommand() => new() { Connection = this };

    /// <inheritdoc cref="DbConnection.BeginTransaction()"/>
    public new DuckDBTransaction BeginTransaction() => BeginTransaction(IsolationLevel.Unspecified);

    /// <summary>Begins a transaction: it sees the database as it was at its first statement, and its own changes.</summary>
    /// <param name="isolationLevel">Snapshot, or Serializable or Unspecified for the same; DuckDB has no other.</param>
    public new DuckDBTransaction BeginTransaction(IsolationLevel isolationLevel) => DuckDBTransaction.Begin(this, isolationLevel);

    /// <summary>The fast way into a table of the default catalogue, in a schema or, when null, in <c>main</c>.</summary>
    /// <exception cref="DuckDBException">There is no such table.</exception>
    public DuckDBAppender CreateAppender(string? schema, string table) => CreateAppender(catalog: null, schema, table);

    /// <inheritdoc cref="CreateAppender(string?, string)"/>
    public DuckDBAppender CreateAppender(string table) => CreateAppender(schema: null, table);

    /// <summary>The fast way into a table.</summary>
    /// <param name="catalog">The catalogue (the database, if several are attached), or null for the default one.</param>
    /// <param name="schema">The schema, or null for <c>main</c>.</param>
    /// <param name="table">The table's name, as it is, without quotes.</param>
    /// <param name="columns">The columns that the rows have, in this order; the others take their defaults. Null for all.</param>
    /// <exception cref="DuckDBException">There is no such table or column.</exception>
    public DuckDBAppender CreateAppender(string? catalog, string? schema, string table, IReadOnlyList<string>? columns = null)
    {
        var appender = DuckDBAppender.Create(this, catalog, schema, table, columns);
        Keep(appender);
        return appender;
    }

    /// <summary>How far the running statement is. It may be asked from another thread.</summary>
    /// <remarks>
    /// The engine keeps count when the connection has <c>enable_progress_bar=true</c>, <c>enable_progress_bar_print=false</c>
    /// and <c>progress_bar_time=0</c>, in its connection string or by <c>SET</c>; it does so in steps
    /// of some 120,000 rows, and only while the thread that runs the statement takes part in the work.
    /// </remarks>
    public DuckDBQueryProgress GetQueryProgress()
    {
        var progress = NativeMethods.duckdb_query_progress(Handle);
        return new DuckDBQueryProgress(
            progress.Percentage < 0 ? null : progress.Percentage / 100,
            checked((long)progress.RowsProcessed),
            checked((long)progress.TotalRowsToProcess));
    }

    /// <summary>Takes the connection for one user: a statement, a reader, an appender's flush.</summary>
    /// <exception cref="InvalidOperationException">Another has it.</exception>
    internal void Enter(object user)
    {
        if (Interlocked.CompareExchange(ref _user, user, null) is { } other)
        {
            throw new InvalidOperationException(other is IOpenReader
                ? "The connection has an open reader, and DuckDB would end it without a word if another statement ran: close the reader first, or use another connection."
                : "The connection is executing a statement for another thread: threads that work at once have a connection each.");
        }
    }

    /// <summary>Hands the connection on, from the command that has it to its reader.</summary>
    internal void PassOn(object from, object to) => Interlocked.CompareExchange(ref _user, to, from);

    internal void Leave(object user) => Interlocked.CompareExchange(ref _user, null, user);

    /// <summary>
    /// What is to be freed with the connection if its user does not do so before: a statement or an appender that is left
    /// over would keep the database's file open.
    /// </summary>
    internal void Keep(IDisposable dependent)
    {
        if (_dependents.Count == _dependents.Capacity)
        {
            _dependents.RemoveAll(static reference => !reference.TryGetTarget(out _));
        }

        _dependents.Add(new WeakReference<IDisposable>(dependent));
    }

    internal void CloseReader() => (Volatile.Read(ref _user) as IOpenReader)?.Close();

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => BeginTransaction(isolationLevel);

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => CreateCommand();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    private ConnectionHandle ConnectAlone()
    {
        using var database = Databases.Database.Open(new DuckDBConnectionStringBuilder(_connectionString).ToOptions());
        return database.Connect();
    }

    private void FreeDependents()
    {
        foreach (var reference in _dependents)
        {
            if (reference.TryGetTarget(out var dependent))
            {
                dependent.Dispose();
            }
        }

        _dependents.Clear();
    }

    private void RequireClosed()
    {
        if (State != ConnectionState.Closed)
        {
            throw new InvalidOperationException("The connection is open already.");
        }
    }
}
