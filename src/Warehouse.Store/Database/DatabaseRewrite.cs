using Warehouse.DuckDb;

namespace Warehouse.Store;

/// <summary>
/// Writes a database anew, so that nothing which was deleted stays in blocks that the engine only marks as free. It needs the
/// file for itself.
/// </summary>
public static class DatabaseRewrite
{
    /// <summary>Copies every table into a new file, counts them, and puts it in the place of the old one.</summary>
    /// <exception cref="InvalidOperationException">The copy has other rows than the original, which stays.</exception>
    public static Task RunAsync(Workspace workspace, CancellationToken cancellationToken) => workspace.Running is { } running
        ? running.AloneAsync(() => RewriteAsync(workspace, cancellationToken), cancellationToken)
        : RewriteAsync(workspace, cancellationToken);

    private static async Task RewriteAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var path = workspace.DatabasePath;
        var fresh = path + ".fresh";
        File.Delete(fresh);
        try
        {
            await using (var connection = new DuckDBConnection("Data Source=:memory:"))
            {
                await connection.OpenAsync(cancellationToken);
                await connection.ExecuteAsync(
                    $"ATTACH '{DatabaseCopy.Escaped(path)}' AS before; ATTACH '{DatabaseCopy.Escaped(fresh)}' AS after", cancellationToken);
                await DatabaseCopy.BetweenAsync(connection, "before", "after", cancellationToken);
                await connection.ExecuteAsync("CHECKPOINT after; DETACH before; DETACH after", cancellationToken);
            }

            File.Move(fresh, path, overwrite: true);
            File.Delete(path + ".wal");
        }
        finally
        {
            File.Delete(fresh);
            File.Delete(fresh + ".wal");
        }
    }
}
