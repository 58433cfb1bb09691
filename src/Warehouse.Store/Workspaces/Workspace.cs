using Warehouse.Definitions;

namespace Warehouse.Store;

/// <summary>
/// A folder with a <c>warehouse.yaml</c>: definitions under version control, and the database, the data and the
/// exports beside them.
/// </summary>
public sealed class Workspace
{
    /// <summary>The file that makes a folder a workspace.</summary>
    public const string FileName = "warehouse.yaml";

    /// <summary>The folder in which the service keeps for a day what it answered to writes.</summary>
    public const string KeptAnswersFolder = ".writes";

    private Workspace(string folder, WorkspaceDefinition definition) => (Folder, Definition) = (folder, definition);

    /// <summary>The full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>What <c>warehouse.yaml</c> says.</summary>
    public WorkspaceDefinition Definition { get; }

    /// <summary>The full path of the database file.</summary>
    public string DatabasePath => PathOf(Definition.Database);

    /// <summary>Whether this process owns its database.</summary>
    public bool IsRunning => Running is not null;

    /// <summary>Its database where this process owns it; null where it is opened for each use.</summary>
    internal RunningDatabase? Running { get; set; }

    /// <summary>Opens the workspace in a folder.</summary>
    /// <exception cref="UserFaultException">The folder is no workspace.</exception>
    /// <exception cref="DefinitionException">Its definition is at fault.</exception>
    public static Workspace Open(string folder)
    {
        var full = Path.GetFullPath(folder);
        var file = Path.Combine(full, FileName);
        if (!File.Exists(file))
        {
            throw new UserFaultException(
                Directory.Exists(full)
                    ? $"{folder} is no workspace: it has no {FileName}. 'warehouse init {folder}' makes one; 'warehouse demo' shows one at work."
                    : $"There is no folder {folder}. 'warehouse init {folder}' makes a new workspace.");
        }

        return new Workspace(full, WorkspaceDefinition.Load(file));
    }

    /// <summary>Opens the workspace that a folder lies in: its own, or its nearest parent's.</summary>
    /// <exception cref="UserFaultException">Neither the folder nor a parent is a workspace.</exception>
    public static Workspace Find(string folder)
    {
        for (var place = new DirectoryInfo(Path.GetFullPath(folder)); place is not null; place = place.Parent)
        {
            if (File.Exists(Path.Combine(place.FullName, FileName)))
            {
                return Open(place.FullName);
            }
        }

        throw new UserFaultException(
            $"Neither {folder} nor a folder above it is a workspace (none has a {FileName}). Name one with '-w DIR', or make one with 'warehouse init DIR'.");
    }

    /// <summary>The full path of something in the workspace; a full path stays what it is.</summary>
    public string PathOf(string relative) => Path.GetFullPath(Path.Combine(Folder, relative));

    /// <summary>How a path is named to people: relative to the workspace where it lies in it.</summary>
    public string NameOf(string path)
    {
        var relative = Path.GetRelativePath(Folder, path);
        return relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? path
            : relative.Replace('\\', '/');
    }

    /// <summary>The YAML files of one of the workspace's folders (feeds, cubes, segments, …) in ordinal order; none where there is no such folder.</summary>
    public IReadOnlyList<string> DefinitionsIn(string folder)
    {
        var path = PathOf(folder);
        return Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];
    }
}
