using System.IO.Compression;
using System.Security.Cryptography;
using Warehouse.Definitions;

namespace Warehouse.Store.Backups;

/// <summary>
/// Writes what a workspace is into one file: its database as it was at one instant, while others read and write it, its definitions,
/// and a manifest with the SHA-256 of each file. It holds the customers' data: keep it as you keep the database.
/// </summary>
public static class Backup
{
    /// <summary>Writes a backup, which appears whole or not at all.</summary>
    /// <param name="database">The database, open for writing.</param>
    /// <param name="place">A file that ends with <c>.zip</c>; or a folder, in which the file is named after its generation and time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Leaves no file.</param>
    /// <returns>The file, and what it holds.</returns>
    /// <exception cref="UserFaultException">It cannot be written there.</exception>
    public static async Task<(string File, BackupManifest Manifest)> WriteAsync(
        WarehouseDatabase database, string place, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            var isFile = place.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
            var folder = isFile ? Path.GetDirectoryName(Path.GetFullPath(place))! : Path.GetFullPath(place);
            Directory.CreateDirectory(folder);
            var copy = Path.Combine(folder, FormattableString.Invariant($".{Environment.ProcessId}.{Guid.NewGuid():N}.duckdb"));
            try
            {
                var manifest = await CopyAsync(database, copy, now, cancellationToken);
                var file = isFile ? Path.GetFullPath(place) : Path.Combine(folder, FormattableString.Invariant($"backup-{now:yyyyMMdd'T'HHmmss'Z'}-g{manifest.Generation}.zip"));
                return (file, await PackAsync(database.Workspace, manifest, copy, file, cancellationToken));
            }
            finally
            {
                File.Delete(copy);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"The backup cannot be written to {place}: {fault.Message}", fault);
        }
    }

    /// <summary>What the copy holds is asked of the copy: nothing changes it any more.</summary>
    private static async Task<BackupManifest> CopyAsync(WarehouseDatabase database, string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Table, long Rows)> tables;
        await using (var connection = await database.ConnectAsync(cancellationToken))
        {
            tables = await DatabaseCopy.ToFileAsync(connection, path, cancellationToken);
        }

        var (version, generation) = await StoredDatabase.AskAsync(path, async asked => (await StoredDatabase.VersionAsync(asked, cancellationToken), await Generation.CurrentAsync(asked, cancellationToken)), cancellationToken);
        return new BackupManifest(
            BackupManifest.Current, database.Workspace.Definition.Name, now, version, generation.Number, generation.PublishedAt,
            [.. tables.Select(table => new BackupTable(table.Table, table.Rows))], []);
    }

    private static async Task<BackupManifest> PackAsync(Workspace workspace, BackupManifest manifest, string copy, string file, CancellationToken cancellationToken)
    {
        var unfinished = FormattableString.Invariant($"{file}.{Environment.ProcessId}.unfinished");
        try
        {
            await using (var stream = new FileStream(unfinished, PrivateTo(FileMode.Create)))
            {
                await using var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
                var files = new List<BackupFile> { await AddAsync(archive, BackupManifest.Database, copy, cancellationToken) };
                foreach (var name in DefinitionFiles.Of(workspace))
                {
                    files.Add(await AddAsync(archive, name, workspace.PathOf(name), cancellationToken));
                }

                manifest = manifest with { Files = files };
                await using var entry = await archive.CreateEntry(BackupManifest.Name).OpenAsync(cancellationToken);
                await entry.WriteAsync(manifest.ToJson(), cancellationToken);
            }

            File.Move(unfinished, file, overwrite: true);
            return manifest;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task<BackupFile> AddAsync(ZipArchive archive, string name, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var from = File.OpenRead(path);
        await using var to = await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        var buffer = new byte[1 << 17];
        long bytes = 0;
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return new BackupFile(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Who may read the database may read its backup: nobody else.</summary>
    private static FileStreamOptions PrivateTo(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
