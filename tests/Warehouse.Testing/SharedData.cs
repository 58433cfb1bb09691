using System.Runtime.CompilerServices;

namespace Warehouse.Testing;

/// <summary>The public data sets beside the repository, <c>../shared/data</c>.</summary>
public static class SharedData
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(SourceFolder(), "..", "..", "..", "shared", "data"));

    /// <summary>The full path of a file, or null where it is not there: a test that needs it is skipped then, and says so.</summary>
    public static string? Find(string name) => Path.Combine(Folder, name) is var path && File.Exists(path) ? path : null;

    /// <summary>The reason to give where a file is not there.</summary>
    public static string Missing(string name) => $"../shared/data/{name} is not there.";

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
