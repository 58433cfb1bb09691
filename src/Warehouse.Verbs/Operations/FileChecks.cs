using Warehouse.Store;

namespace Warehouse.Verbs.Operations;

/// <summary>Whether the disk has room, and the files are whose they should be.</summary>
internal static class FileChecks
{
    /// <summary>Where a running service notes how it is reached.</summary>
    public const string ServiceFile = "service.json";

    private const long LeastFree = 256L * 1024 * 1024;
    private const UnixFileMode OfOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const UnixFileMode OfAnyoneElse = OfOthers | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private static readonly string[] Secret = ["access.json", ServiceFile, ".sessions", ".writes", "access.journal"];

    public static IEnumerable<Finding> Of(Workspace workspace) => [Room(workspace), Writable(workspace), .. OperatingSystem.IsWindows() ? [] : Modes(workspace)];

    private static Finding Room(Workspace workspace)
    {
        var free = new DriveInfo(workspace.Folder).AvailableFreeSpace;
        var size = File.Exists(workspace.DatabasePath) ? new FileInfo(workspace.DatabasePath).Length : 0;
        var words = FormattableString.Invariant($"{free >> 20:#,##0} MB are free, and the database has {size >> 20:#,##0} MB.");
        return free < LeastFree ? Finding.Fail("disk", words, "Make room: a load that finds none changes nothing.")
            : free < size ? Finding.Warn("disk", words, "Make room for a copy of the database: backups, upgrades and 'customer forget' write one.")
            : Finding.Ok("disk", words);
    }

    private static Finding Writable(Workspace workspace)
    {
        var trial = workspace.PathOf(FormattableString.Invariant($".doctor-{Environment.ProcessId}"));
        try
        {
            File.WriteAllBytes(trial, []);
            File.Delete(trial);
            return Finding.Ok("folder", "It can be written.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail("folder", fault.Message, $"Give {Environment.UserName} the right to write it.");
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static IEnumerable<Finding> Modes(Workspace workspace)
    {
        string[] open = [.. Secret.Select(workspace.PathOf).Where(path => Path.Exists(path) && (File.GetUnixFileMode(path) & OfAnyoneElse) != UnixFileMode.None).Select(workspace.NameOf)];
        yield return open.Length == 0
            ? Finding.Ok("secrets", "Nobody else can read them.")
            : Finding.Fail("secrets", $"Others can read {string.Join(", ", open)}.", $"chmod go= {string.Join(' ', open)}, and make new keys.");
        yield return File.Exists(workspace.DatabasePath) && (File.GetUnixFileMode(workspace.DatabasePath) & OfOthers) != UnixFileMode.None
            && (File.GetUnixFileMode(workspace.Folder) & UnixFileMode.OtherExecute) != UnixFileMode.None
            ? Finding.Warn("privacy", $"Every user of this machine can read {workspace.NameOf(workspace.DatabasePath)}, with all that is known of customers.", "chmod 750 the folder, or 640 the file.")
            : Finding.Ok("privacy", "The database is for those who should have it.");
    }
}
