using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Commands;

namespace Warehouse.Cli.Demo;

/// <summary>The folder in which the demo puts the sample workspace, which comes with the program.</summary>
internal static class DemoFolder
{
    private const string Mark = ".warehouse-demo";

    private static string Sample => Path.Combine(AppContext.BaseDirectory, "sample-data", "retail");

    /// <summary>Makes the workspace's definitions. A folder that the demo made before is made anew; any other folder has to be empty.</summary>
    /// <exception cref="UserFaultException">The folder holds something else.</exception>
    public static string Prepare(string? folder)
    {
        var path = Path.GetFullPath(folder ?? Path.Combine(Path.GetTempPath(), "warehouse-demo"));
        var isOwn = File.Exists(Path.Combine(path, Mark));
        if (Directory.Exists(path) && !isOwn && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new UserFaultException(
                $"{path} holds something that the demo did not make. Nothing was changed. Name an empty or a new folder with '-w DIR'.");
        }

        if (isOwn)
        {
            Directory.Delete(path, recursive: true);
        }

        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, Mark), "Made by 'warehouse demo', which makes it anew at its next run.\n");
        Copy(path, name => !name.StartsWith("data", StringComparison.Ordinal) && !name.StartsWith("truth", StringComparison.Ordinal));
        SchemaFiles.WriteTo(path);
        return path;
    }

    /// <summary>Copies the sample's own data.</summary>
    public static void CopyData(string path) => Copy(path, name => name.StartsWith("data", StringComparison.Ordinal));

    private static void Copy(string path, Func<string, bool> isWanted)
    {
        if (!File.Exists(Path.Combine(Sample, Workspace.FileName)))
        {
            throw new UserFaultException($"The sample workspace is missing: it should be in {Sample}. Build the program again.");
        }

        foreach (var file in Directory.EnumerateFiles(Sample, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(Sample, file);
            if (isWanted(name))
            {
                var to = Path.Combine(path, name);
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to, overwrite: true);
            }
        }
    }
}
