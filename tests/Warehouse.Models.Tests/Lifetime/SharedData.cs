namespace Warehouse.Models.Tests.Lifetime;

/// <summary>The public data sets beside the repository.</summary>
internal static class SharedData
{
    /// <summary>The path of a data set; the test is skipped where it is missing.</summary>
    public static string Path(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(System.IO.Path.Combine(root.FullName, "Warehouse.sln")))
        {
            root = root.Parent;
        }

        Assert.NotNull(root);
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(root.FullName, "..", "shared", "data", name));
        Skip.IfNot(File.Exists(path), $"../shared/data/{name} is missing.");
        return path;
    }
}
