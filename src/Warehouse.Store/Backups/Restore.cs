using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Store.Migrations;

namespace Warehouse.Store.Backups;

/// <summary>Makes a workspace of a backup, when every file of it is what was written and every table has its rows.</summary>
public static class Restore
{
    /// <summary>Restores a backup into a folder. Until it is verified nothing in the folder is touched.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="folder">The workspace's folder; it may be empty, or not be there yet.</param>
    /// <param name="replaces">Whether a workspace that is there already gives way.</param>
    /// <param name="cancellationToken">Leaves the folder as it was, where it is heeded.</param>
    /// <exception cref="UserFaultException">It is no backup, it is damaged, it is a newer version's, or a workspace is there already.</exception>
    public static async Task<BackupManifest> RunAsync(string file, string folder, bool replaces, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(folder);
        var aside = Path.Combine(target, FormattableString.Invariant($".restore-{Environment.ProcessId}"));
        try
        {
            if (File.Exists(Path.Combine(target, Workspace.FileName)) && !replaces)
            {
                throw new UserFaultException($"{folder} is a workspace already. Restore into another folder, or say '--force' to replace its definitions and its database.");
            }

            Directory.CreateDirectory(aside);
            var manifest = await UnpackAsync(file, aside, cancellationToken);
            await VerifyAsync(file, manifest, Path.Combine(aside, BackupManifest.Database), cancellationToken);
            var unpacked = Workspace.Open(aside);
            await RequireFreeAsync(Path.GetFullPath(Path.Combine(target, unpacked.Definition.Database)), replaces, cancellationToken);
            Place(unpacked, manifest, target);
            return manifest;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{file} cannot be restored to {folder}: {fault.Message}", fault);
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }

    private static async Task<BackupManifest> UnpackAsync(string file, string to, CancellationToken cancellationToken)
    {
        try
        {
            await using var archive = await ZipFile.OpenReadAsync(file, cancellationToken);
            var manifest = await ManifestAsync(archive, file, cancellationToken);
            foreach (var expected in manifest.Files)
            {
                var entry = archive.GetEntry(expected.Path) ?? throw Damaged(file, $"{expected.Path} is missing");
                await UnpackAsync(entry, expected, file, Path.Combine(to, expected.Path), cancellationToken);
            }

            return manifest;
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException)
        {
            throw Damaged(file, broken.Message);
        }
    }

    private static async Task<BackupManifest> ManifestAsync(ZipArchive archive, string file, CancellationToken cancellationToken)
    {
        var entry = archive.GetEntry(BackupManifest.Name) ?? throw new UserFaultException($"{file} is no backup: it has no {BackupManifest.Name}.");
        await using var stream = await entry.OpenAsync(cancellationToken);
        var manifest = BackupManifest.Read(stream);
        if (manifest is not { Files: { } files, Tables: not null })
        {
            throw Damaged(file, $"{BackupManifest.Name} says nothing");
        }

        if (manifest.Format > BackupManifest.Current)
        {
            throw new UserFaultException($"{file} was written by a newer version of this program. Use the newer program.");
        }

        if (manifest.SchemaVersion > Migration.All[^1].Version)
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"{file} holds a database of schema version {manifest.SchemaVersion}, and this program knows up to {Migration.All[^1].Version}. Use the newer program."));
        }

        if (files.FirstOrDefault(named => !DefinitionFiles.IsInside(named.Path)) is { } outside)
        {
            throw Damaged(file, $"\"{outside.Path}\" is no name of a file in a workspace");
        }

        return files.Any(named => named.Path == BackupManifest.Database) && files.Any(named => named.Path == Workspace.FileName)
            ? manifest
            : throw Damaged(file, $"it has no {BackupManifest.Database} or no {Workspace.FileName}");
    }

    /// <summary>Unpacks no more than the manifest says, whatever the archive would give.</summary>
    private static async Task UnpackAsync(ZipArchiveEntry entry, BackupFile expected, string file, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var from = await entry.OpenAsync(cancellationToken);
        await using var to = File.Create(path);
        var buffer = new byte[1 << 17];
        long bytes = 0;
        for (int read; bytes <= expected.Bytes && (read = await from.ReadAsync(buffer, cancellationToken)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        if (bytes != expected.Bytes || Convert.ToHexStringLower(hash.GetHashAndReset()) != expected.Sha256)
        {
            throw Damaged(file, $"{expected.Path} is not what was written: its SHA-256 is another one");
        }
    }

    private static async Task VerifyAsync(string file, BackupManifest manifest, string database, CancellationToken cancellationToken)
    {
        try
        {
            var differences = await StoredDatabase.AskAsync(
                database, connection => StoredDatabase.DifferencesAsync(connection, manifest.Tables, cancellationToken), cancellationToken);
            if (differences.Count > 0)
            {
                throw Damaged(file, string.Join("; ", differences));
            }
        }
        catch (DuckDBException refused)
        {
            throw Damaged(file, refused.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>A database that is there already gives way where that is wanted, and nobody works with it; a damaged one does, too.</summary>
    private static async Task RequireFreeAsync(string database, bool replaces, CancellationToken cancellationToken)
    {
        if (!File.Exists(database))
        {
            return;
        }

        if (!replaces)
        {
            throw new UserFaultException($"{database} is there already. Restore into another folder, or say '--force' to replace it.");
        }

        try
        {
            await StoredDatabase.AskAsync(database, _ => Task.FromResult(true), cancellationToken);
        }
        catch (DuckDBException held) when (held.LockHolderProcessId is { } holder)
        {
            throw new UserFaultException(FormattableString.Invariant($"{database} is in use by process {holder}. End it, and restore then."), held);
        }
        catch (DuckDBException)
        {
            // That it cannot be read is why it is replaced.
        }
    }

    /// <summary>
    /// Puts the files in their places, the database last. The one that was there stands aside until the new one is in its place, with
    /// what was not yet written into it, which must never be read into the new one.
    /// </summary>
    private static void Place(Workspace unpacked, BackupManifest manifest, string target)
    {
        var database = Path.GetFullPath(Path.Combine(target, unpacked.Definition.Database));
        foreach (var name in manifest.Files.Select(named => named.Path).Where(name => name != BackupManifest.Database))
        {
            Move(Path.Combine(unpacked.Folder, name), Path.Combine(target, name));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(database)!);
        string[] old = [.. new[] { database, database + ".wal" }.Where(File.Exists)];
        foreach (var path in old)
        {
            File.Move(path, path + ".replaced", overwrite: true);
        }

        Move(Path.Combine(unpacked.Folder, BackupManifest.Database), database);
        foreach (var path in old)
        {
            File.Delete(path + ".replaced");
        }
    }

    private static void Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(from, to, overwrite: true);
    }

    private static UserFaultException Damaged(string file, string how) => new($"{file} is damaged, and nothing was restored: {how}.");
}
