using Warehouse.Store;

namespace Warehouse.Service.Sessions;

/// <summary>
/// <c>.sessions</c> of the workspace: the keys by which cookies are sealed, so that nobody is signed out by a restart, and the sessions
/// that were ended. Nobody but the owner can read it; no backup takes it, nor does version control.
/// </summary>
internal sealed class SessionFolder
{
    /// <summary>The folder's name.</summary>
    public const string Name = ".sessions";

    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public SessionFolder(Workspace workspace)
    {
        Place = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(workspace.PathOf(Name))
            : Directory.CreateDirectory(workspace.PathOf(Name), OwnerAlone);
        if (!OperatingSystem.IsWindows())
        {
            Place.UnixFileMode = OwnerAlone;
        }

        File.WriteAllText(PathOf(".gitignore"), "*\n");
    }

    public DirectoryInfo Place { get; }

    public string PathOf(string name) => Path.Combine(Place.FullName, name);
}
