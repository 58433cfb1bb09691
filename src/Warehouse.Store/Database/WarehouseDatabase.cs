using System.Data.Common;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Store.Migrations;

namespace Warehouse.Store;

/// <summary>
/// The database of a workspace: opened, checked to be this program's, and brought to its schema version.
/// Readers see one published generation; one writer at a time makes the next.
/// </summary>
public sealed class WarehouseDatabase : IAsyncDisposable
{
    private readonly SemaphoreSlim _writer;
    private readonly TimeProvider _time;
    private readonly RunningDatabase? _shared;
    private int _isReturned;

    private WarehouseDatabase(Workspace workspace, DbDataSource source, TimeProvider time, SemaphoreSlim writer, RunningDatabase? shared) =>
        (Workspace, Source, _time, _writer, _shared) = (workspace, source, time, writer, shared);

    /// <summary>The workspace that it belongs to.</summary>
    public Workspace Workspace { get; }

    /// <summary>Where connections come from. All of them see the same database.</summary>
    public DbDataSource Source { get; }

    /// <summary>Opens the database for reading and writing; makes it, or brings it up to this version, where needed.</summary>
    /// <exception cref="UserFaultException">It is held by another process, damaged, another program's, or a newer version's.</exception>
    public static Task<WarehouseDatabase> OpenAsync(Workspace workspace, TimeProvider time, CancellationToken cancellationToken) =>
        workspace.Running is { } running ? running.ShareAsync(cancellationToken) : OpenFileAsync(workspace, time, cancellationToken);

    /// <summary>Opens the database for reading alone, beside other readers.</summary>
    /// <exception cref="UserFaultException">It is not there, written by another process now, damaged, another program's, or of another version.</exception>
    public static async Task<WarehouseDatabase> OpenReadOnlyAsync(
        Workspace workspace, TimeProvider time, CancellationToken cancellationToken)
    {
        if (workspace.Running is { } running)
        {
            return await running.ShareAsync(cancellationToken);
        }

        if (!File.Exists(workspace.DatabasePath))
        {
            throw new UserFaultException(
                $"There is no database {NameOf(workspace)} yet. 'warehouse load' makes it from the feeds of the workspace.");
        }

        var database = Over(workspace, workspace.DatabasePath, "read_only", time);
        try
        {
            await using var connection = await database.ConnectFirstAsync(cancellationToken);
            await new Schema(Migration.All, time).RequireAsync(connection, NameOf(workspace), cancellationToken);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new open connection.</summary>
    /// <exception cref="UserFaultException">The database cannot be opened.</exception>
    public async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Source.OpenConnectionAsync(cancellationToken);
        }
        catch (DuckDBException refused)
        {
            throw DatabaseFault.Of(refused, NameOf(Workspace));
        }
    }

    /// <summary>
    /// Makes the next generation in one transaction: it is published whole, with its record, or the database stays as it was.
    /// </summary>
    /// <param name="reason">What makes it.</param>
    /// <param name="build">Writes on the publication's connection; gives false where there is nothing to publish.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <returns>The generation, or null where there was nothing to publish.</returns>
    public async Task<Generation?> PublishAsync(
        string reason, Func<Publication, CancellationToken, Task<bool>> build, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            var started = _time.GetUtcNow();
            await using var connection = await ConnectAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var last = await Generation.CurrentAsync(connection, cancellationToken);
            var publication = new Publication(last.Number + 1, connection, started);
            if (!await build(publication, cancellationToken))
            {
                return null;
            }

            var generation = new Generation(publication.Number, started, _time.GetUtcNow(), reason);
            await Generation.RecordAsync(connection, generation, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            _shared?.Published(generation);
            return generation;
        }
        catch (DuckDBException refused) when (DatabaseFault.WhileWriting(refused) is { } words)
        {
            throw new UserFaultException(words, refused);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>
    /// Writes in one transaction without making a generation: records of what was done with the warehouse, which change nothing in it.
    /// Writers take turns with those of generations.
    /// </summary>
    /// <param name="write">Writes on the connection; the instant is that of the turn.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    public async Task<T> RecordAsync<T>(Func<DbConnection, DateTimeOffset, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await ConnectAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await write(connection, _time.GetUtcNow(), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            _shared?.Recorded();
            return result;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Does work that writes in transactions of its own, when it is its turn to write.</summary>
    public async Task InTurnAsync(Func<CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            await write(cancellationToken);
            _shared?.Written();
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_shared is not null)
        {
            if (Interlocked.Exchange(ref _isReturned, 1) == 0)
            {
                _shared.Return();
            }

            return;
        }

        await Source.DisposeAsync();
        _writer.Dispose();
    }

    /// <summary>The same database for one who shares it with others.</summary>
    internal WarehouseDatabase Share(RunningDatabase with) => new(Workspace, Source, _time, _writer, with);

    internal static Task<WarehouseDatabase> OpenFileAsync(Workspace workspace, TimeProvider time, CancellationToken cancellationToken) =>
        OpenAsync(workspace, time, Migration.All, cancellationToken);

    internal static async Task<WarehouseDatabase> OpenAsync(
        Workspace workspace, TimeProvider time, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        await CreateAsync(workspace, time, migrations, cancellationToken);
        var database = Over(workspace, workspace.DatabasePath, "read_write", time);
        try
        {
            await using var connection = await database.ConnectFirstAsync(cancellationToken);
            await new Schema(migrations, time).BringUpAsync(
                connection, NameOf(workspace), workspace.Definition.Calendar, version => KeepAsync(connection, workspace, version, cancellationToken), cancellationToken);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects and makes instants read as UTC for every connection; the setting is the calendar extension's, so it waits for the database.</summary>
    private async Task<DbConnection> ConnectFirstAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken);
        await connection.ExecuteAsync("SET GLOBAL TimeZone = 'UTC'", cancellationToken);
        return connection;
    }

    private static string NameOf(Workspace workspace) => workspace.NameOf(workspace.DatabasePath);

    /// <summary>
    /// Makes a database that is not there yet beside its place, and moves it there when it is whole: whatever kills this,
    /// no half database stands where a whole one is expected.
    /// </summary>
    private static async Task CreateAsync(
        Workspace workspace, TimeProvider time, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        if (File.Exists(workspace.DatabasePath) && new FileInfo(workspace.DatabasePath).Length > 0)
        {
            return;
        }

        var unfinished = FormattableString.Invariant($"{workspace.DatabasePath}.{Environment.ProcessId}.new");
        MakeFolder(workspace);
        UnfinishedDatabase.Sweep(workspace.DatabasePath);
        try
        {
            File.Delete(unfinished);
            await using (var database = Over(workspace, unfinished, "read_write", time))
            {
                await using var connection = await database.ConnectFirstAsync(cancellationToken);
                await new Schema(migrations, time).BringUpAsync(
                    connection, NameOf(workspace), workspace.Definition.Calendar, _ => Task.CompletedTask, cancellationToken);
            }

            File.Move(unfinished, workspace.DatabasePath, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{NameOf(workspace)} cannot be made: {refused.Message}", refused);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Keeps a database beside itself, named by its version, before it is brought up to another one.</summary>
    private static async Task KeepAsync(DbConnection connection, Workspace workspace, int version, CancellationToken cancellationToken)
    {
        try
        {
            await DatabaseCopy.ToFileAsync(connection, FormattableString.Invariant($"{workspace.DatabasePath}.v{version}"), cancellationToken);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException || (refused is DuckDBException engine && DatabaseFault.WhileWriting(engine) is not null))
        {
            throw new UserFaultException($"{NameOf(workspace)} is of an older version, and no copy of it could be kept before it is changed: {refused.Message} Nothing was changed.", refused);
        }
    }

    private static void MakeFolder(Workspace workspace)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(workspace.DatabasePath)!);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{NameOf(workspace)} cannot be made: {refused.Message}", refused);
        }
    }

    private static WarehouseDatabase Over(Workspace workspace, string path, string access, TimeProvider time)
    {
        var parts = new DuckDBConnectionStringBuilder
        {
            DataSource = path,
            AccessMode = access,
            ["ieee_floating_point_ops"] = "false",
            ["temp_directory"] = workspace.DatabasePath + ".tmp",
            ["memory_limit"] = FormattableString.Invariant($"{(workspace.Definition.Memory ?? MemoryLimit.HalfOfMachine).OfEngine / 1024}KiB"),
        };
        if (workspace.Definition.Memory is not null)
        {
            // What the engine frees goes back to the machine at once: it would hold several hundred megabytes beyond its account.
            parts["allocator_background_threads"] = "true";
            parts["allocator_flush_threshold"] = "16MB";
            parts["allocator_bulk_deallocation_flush_threshold"] = "32MB";
        }

        if (workspace.Definition.Threads is { } threads)
        {
            parts["threads"] = threads;
        }

        return new WarehouseDatabase(workspace, new DuckDBDataSource(parts.ConnectionString), time, new SemaphoreSlim(1, 1), shared: null);
    }
}
