using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Store;

namespace Warehouse.Verbs.Commands;

/// <summary>Opens the database for writing when it is this process's turn: one process writes at a time, and others wait a while.</summary>
internal static class DatabaseTurn
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="UserFaultException">There is no database yet, another process holds it for longer than five minutes, or it cannot be opened.</exception>
    public static async Task<WarehouseDatabase> TakeAsync(Workspace workspace, TimeProvider time, CancellationToken stop)
    {
        if (!File.Exists(workspace.DatabasePath))
        {
            return await WarehouseDatabase.OpenReadOnlyAsync(workspace, time, stop);
        }

        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await WarehouseDatabase.OpenAsync(workspace, time, stop);
            }
            catch (UserFaultException held) when (held.InnerException is DuckDBException { LockHolderProcessId: not null } && time.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Pause, time, stop);
            }
        }
    }
}
