using Warehouse.Definitions;

namespace Warehouse.Store;

/// <summary>
/// The database of a workspace while one process owns it: opened once, for reading and writing, and shared by all who open the
/// workspace's database in that process meanwhile. Readers see one generation whole; writers take turns.
/// </summary>
public sealed class RunningDatabase : IAsyncDisposable
{
    private readonly SemaphoreSlim _door = new(1, 1);
    private readonly Workspace _workspace;
    private readonly TimeProvider _time;
    private WarehouseDatabase _database;
    private int _shares;
    private TaskCompletionSource? _empty;
    private long _changes;
    private long _publications;

    private RunningDatabase(Workspace workspace, WarehouseDatabase database, TimeProvider time) =>
        (_workspace, _database, _time) = (workspace, database, time);

    /// <summary>How often anything was written since the start: what was read at one number is what would be read at the same.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>How often what questions are answered from was written since the start, and not only what was done with it.</summary>
    public long Publications => Volatile.Read(ref _publications);

    /// <summary>The newest generation.</summary>
    public Generation Latest { get; private set; } = null!;

    /// <summary>Opens the database of a workspace, made or brought up to this version where needed, and shares it from now on.</summary>
    /// <exception cref="UserFaultException">It is held by another process, damaged, another program's, or a newer version's.</exception>
    public static async Task<RunningDatabase> StartAsync(Workspace workspace, TimeProvider time, CancellationToken cancellationToken)
    {
        var database = await WarehouseDatabase.OpenAsync(workspace, time, cancellationToken);
        var running = new RunningDatabase(workspace, database, time);
        await running.ReadLatestAsync(cancellationToken);
        workspace.Running = running;
        return running;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _workspace.Running = null;
        await _database.DisposeAsync();
        _door.Dispose();
    }

    /// <summary>A share in the database; it is given back when it is disposed.</summary>
    internal async Task<WarehouseDatabase> ShareAsync(CancellationToken cancellationToken)
    {
        await _door.WaitAsync(cancellationToken);
        try
        {
            Interlocked.Increment(ref _shares);
            return _database.Share(this);
        }
        finally
        {
            _door.Release();
        }
    }

    /// <summary>Does what needs the file for itself: when nobody has a share any more, the database is closed, and opened again afterwards.</summary>
    internal async Task AloneAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _door.WaitAsync(cancellationToken);
        try
        {
            await EmptyAsync(cancellationToken);
            await _database.DisposeAsync();
            try
            {
                await work();
            }
            finally
            {
                _database = await WarehouseDatabase.OpenFileAsync(_workspace, _time, CancellationToken.None);
                Written();
            }
        }
        finally
        {
            _door.Release();
        }
    }

    internal void Return()
    {
        if (Interlocked.Decrement(ref _shares) == 0)
        {
            Volatile.Read(ref _empty)?.TrySetResult();
        }
    }

    /// <summary>What was done with the warehouse was written.</summary>
    internal void Recorded() => Interlocked.Increment(ref _changes);

    /// <summary>What questions are answered from was written.</summary>
    internal void Written()
    {
        Interlocked.Increment(ref _publications);
        Recorded();
    }

    /// <summary>A generation was published.</summary>
    internal void Published(Generation generation)
    {
        Latest = generation;
        Written();
    }

    private async Task EmptyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _empty, empty);
            if (Volatile.Read(ref _shares) == 0)
            {
                return;
            }

            await empty.Task.WaitAsync(cancellationToken);
        }
    }

    private async Task ReadLatestAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.ConnectAsync(cancellationToken);
        Latest = await Generation.CurrentAsync(connection, cancellationToken);
    }
}
