using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Warehouse.Campaigns.Exports;
using Warehouse.Campaigns.Privacy;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Saving;

/// <summary>A definition that was written into the workspace.</summary>
/// <param name="File">The file, relative to the workspace.</param>
/// <param name="Hash">SHA-256 of its text, in hexadecimal.</param>
/// <param name="Came">What became of it.</param>
public sealed partial record SavedDefinition(string File, string Hash, SavedAs Came)
{
    /// <summary>
    /// Writes a text that was validated, in the workspace's turn to write, with an entry in the audit log: the file appears whole or
    /// not at all, and nobody's change is lost, as a file is replaced only by who knows what it says.
    /// </summary>
    /// <param name="database">The workspace's database.</param>
    /// <param name="folder">The folder of the workspace.</param>
    /// <param name="name">What is defined.</param>
    /// <param name="file">The file that defines it now, relative to the workspace; null where none does.</param>
    /// <param name="text">The definition.</param>
    /// <param name="replaces">The hash of the text that was edited; null where it is new.</param>
    /// <param name="reason">Who saves it, and why.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="WrongCommandException">The name is none for a file.</exception>
    /// <exception cref="UserFaultException">There is one already, another than that which was edited; or it cannot be written.</exception>
    public static async Task<SavedDefinition> SaveAsync(
        WarehouseDatabase database, string folder, string name, string? file, string text, string? replaces, ExportReason reason, CancellationToken cancellationToken)
    {
        if (!NameOfFile().IsMatch(name))
        {
            throw new WrongCommandException($"\"{name}\" is no name for a file: letters, digits, hyphens and underscores, at most 80, a letter or digit first.");
        }

        var workspace = database.Workspace;
        var target = file ?? $"{folder}/{name}.yaml";
        var hash = HashOf(text);
        var saved = await database.RecordAsync(
            async (connection, at, stop) =>
            {
                var path = workspace.PathOf(target);
                var before = await BeforeAsync(path, target, stop);
                if (before == hash)
                {
                    return new SavedDefinition(target, hash, SavedAs.Same);
                }

                Require(before, replaces, target);
                await AuditLog.AppendAsync(
                    connection,
                    at,
                    new AuditedAct(reason.Actor, "save", target, reason.Purpose, before is null ? $"new, SHA-256 {hash}" : $"SHA-256 {before} replaced by {hash}"),
                    stop);
                await WriteAsync(path, target, text, stop);
                return new SavedDefinition(target, hash, before is null ? SavedAs.New : SavedAs.Replaced);
            },
            cancellationToken);
        if (saved.Came != SavedAs.Same)
        {
            await AuditLog.NoteAsync(database, cancellationToken);
        }

        return saved;
    }

    /// <summary>SHA-256 of a text, in hexadecimal.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NameOfFile();

    private static async Task<string?> BeforeAsync(string path, string name, CancellationToken cancellationToken)
    {
        try
        {
            return System.IO.File.Exists(path) ? HashOf(await System.IO.File.ReadAllTextAsync(path, cancellationToken)) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{name} cannot be read: {fault.Message}", fault);
        }
    }

    private static void Require(string? before, string? replaces, string name)
    {
        if (before is not null && before != replaces)
        {
            throw new UserFaultException(replaces is null
                ? $"There is {name} already. Say which text this one replaces by its hash, {before}."
                : $"{name} is not what was edited: somebody saved another text since, with the hash {before}. Look at it before you replace it.");
        }

        if (before is null && replaces is not null)
        {
            throw new UserFaultException($"{name} is not there any more. Save it without the hash of what it replaces to make it anew.");
        }
    }

    private static async Task WriteAsync(string path, string name, string text, CancellationToken cancellationToken)
    {
        var unfinished = path + ".unfinished";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await System.IO.File.WriteAllTextAsync(unfinished, text, cancellationToken);
            System.IO.File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{name} cannot be written: {fault.Message}", fault);
        }
        finally
        {
            System.IO.File.Delete(unfinished);
        }
    }
}

/// <summary>What became of a definition that was saved.</summary>
public enum SavedAs
{
    /// <summary>There was none.</summary>
    New,

    /// <summary>It took the place of the one that was edited.</summary>
    Replaced,

    /// <summary>It was there, word for word.</summary>
    Same,
}
