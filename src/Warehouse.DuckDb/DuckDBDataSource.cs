using System.Data.Common;
using Warehouse.DuckDb.Databases;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb;

/// <summary>
/// One database. It opens with the first connection and stays open until the data source is disposed and its last
/// connection closed, so that further connections cost microseconds. With <c>:memory:</c> the data source has a
/// database of its own, which all its connections share.
/// </summary>
public sealed class DuckDBDataSource : DbDataSource
{
    private readonly Lock _gate = new();
    private readonly DatabaseOptions _options;
    private Database? _database;
    private bool _disposed;

    /// <param name="connectionString">See <see cref="DuckDBConnectionStringBuilder"/>.</param>
    /// <exception cref="ArgumentException">It has an unknown key or an impossible value.</exception>
    public DuckDBDataSource(string connectionString)
    {
        ConnectionString = connectionString;
        _options = new DuckDBConnectionStringBuilder(connectionString).ToOptions();
    }

    /// <inheritdoc/>
    public override string ConnectionString { get; }

    /// <inheritdoc cref="DbDataSource.OpenConnection"/>
    public new DuckDBConnection OpenConnection() => (DuckDBConnection)base.OpenConnection();

    /// <inheritdoc cref="DbDataSource.OpenConnectionAsync"/>
    public new async ValueTask<DuckDBConnection> OpenConnectionAsync(CancellationToken cancellationToken = default) =>
        (DuckDBConnection)await base.OpenConnectionAsync(cancellationToken);

    /// <summary>A connection to the running instance, which the first call starts.</summary>
    internal ConnectionHandle Connect()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return (_database ??= Database.Open(_options)).Connect();
        }
    }

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new DuckDBConnection(this);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                _disposed = true;
                _database?.Dispose();
                _database = null;
            }
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override async ValueTask DisposeAsyncCore()
    {
        Dispose(disposing: true);
        await base.DisposeAsyncCore();
    }
}
