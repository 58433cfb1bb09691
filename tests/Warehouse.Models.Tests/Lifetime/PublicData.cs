using Warehouse.Testing;

namespace Warehouse.Models.Tests.Lifetime;

/// <summary>The public data sets that hold the published evidence.</summary>
internal static class PublicData
{
    /// <summary>The path of a data set; the test is skipped, with the reason, where it is missing.</summary>
    public static string Path(string name)
    {
        var path = SharedData.Find(name);
        Skip.If(path is null, SharedData.Missing(name));
        return path!;
    }
}
