namespace Warehouse.Acceptance;

/// <summary>The sample workspaces of the checkout.</summary>
internal static class Samples
{
    /// <summary>Copies a sample workspace into a folder.</summary>
    public static void Copy(string sample, string folder)
    {
        var from = Repository.PathOf("sample-data", sample);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }
}
