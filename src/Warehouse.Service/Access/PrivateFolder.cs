using Warehouse.Store;

namespace Warehouse.Service.Access;

/// <summary>
/// Folders of the workspace that nobody but the owner of this process can read, and that neither a backup nor version control takes.
/// </summary>
internal static class PrivateFolder
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder, made where it is not there.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="name">The folder's name, which begins with a dot.</param>
    public static DirectoryInfo Of(Workspace workspace, string name)
    {
        var path = workspace.PathOf(name);
        var folder = OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerAlone);
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode = OwnerAlone;
        }

        File.WriteAllText(Path.Combine(path, ".gitignore"), "*\n");
        return folder;
    }
}
