using Warehouse.Definitions;

namespace Warehouse.Store.Backups;

/// <summary>
/// The files of a workspace that somebody wrote: its definitions, the holidays, and the chain of the audit log. Data, exports, and
/// whatever holds a secret of the service are none.
/// </summary>
internal static class DefinitionFiles
{
    private const string AuditChain = "audit.chain";
    private static readonly string[] NotDefinitions = ["data", "exports", "schemas"];
    private static readonly string[] Kinds = [".yaml", ".yml", ".sql", ".csv", ".json", ".md"];

    /// <summary>Their paths in the workspace, with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Of(Workspace workspace) =>
    [
        .. Directory.EnumerateFiles(workspace.Folder, "*.yaml")
            .Concat(Directory.EnumerateDirectories(workspace.Folder).Where(IsOfDefinitions).SelectMany(Below))
            .Concat(new[] { AuditChain, Holidays(workspace) }.OfType<string>().Select(workspace.PathOf).Where(File.Exists))
            .Select(workspace.NameOf)
            .Where(IsInside)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether a name of a file stays in the folder that it is put in.</summary>
    public static bool IsInside(string name) =>
        name.Length > 0 && !Path.IsPathRooted(name) && !name.Contains('\\', StringComparison.Ordinal) && !name.Contains(':', StringComparison.Ordinal)
        && name.Split('/').All(part => part is not ("" or "." or ".."));

    private static bool IsOfDefinitions(string folder) => Path.GetFileName(folder) is var name && !NotDefinitions.Contains(name) && !name.StartsWith('.');

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden })
            .Where(path => Kinds.Contains(Path.GetExtension(path)));

    private static string? Holidays(Workspace workspace)
    {
        var calendar = DefinitionFile.Load(workspace.PathOf(Workspace.FileName), Workspace.FileName).Root.Map("calendar");
        return calendar is null || calendar.HoldsMap("holidays") ? null : calendar.Text("holidays");
    }
}
