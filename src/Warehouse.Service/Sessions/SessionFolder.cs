using Warehouse.Service.Access;
using Warehouse.Store;

namespace Warehouse.Service.Sessions;

/// <summary>The keys by which cookies are sealed, so that nobody is signed out by a restart, and the sessions that were ended.</summary>
internal sealed class SessionFolder(Workspace workspace)
{
    /// <summary>The folder's name.</summary>
    public const string Name = ".sessions";

    public DirectoryInfo Place { get; } = PrivateFolder.Of(workspace, Name);

    public string PathOf(string name) => Path.Combine(Place.FullName, name);
}
