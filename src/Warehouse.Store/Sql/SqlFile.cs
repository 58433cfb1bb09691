using System.Collections.Concurrent;
using System.Reflection;

namespace Warehouse.Store;

/// <summary>
/// Reads the SQL that is embedded beside the code that uses it, by its path in the project
/// (<c>Rfm/rfm.sql</c>). Where engines differ, a file has siblings (<c>rfm.duckdb.sql</c>,
/// <c>rfm.clickhouse.sql</c>), and the engine's own one comes before the common one.
/// </summary>
public static class SqlFile
{
    private const string Engine = "duckdb";

    private static readonly ConcurrentDictionary<(Assembly, string), string> Texts = new();

    /// <summary>The text of a SQL file.</summary>
    /// <param name="owner">Any type of the project that holds the file.</param>
    /// <param name="path">The path in the project, with forward slashes.</param>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    public static string Read(Type owner, string path) =>
        Texts.GetOrAdd((owner.Assembly, path), static key => Find(key.Item1, key.Item2));

    /// <summary>The paths of the SQL files below a folder, in ordinal order.</summary>
    public static IReadOnlyList<string> Below(Type owner, string folder) =>
    [
        .. owner.Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static string Find(Assembly assembly, string path)
    {
        var ofEngine = Path.ChangeExtension(path, $".{Engine}.sql");
        using var stream = assembly.GetManifestResourceStream(ofEngine)
            ?? assembly.GetManifestResourceStream(path)
            ?? throw new ArgumentException(
                $"{assembly.GetName().Name} has neither {ofEngine} nor {path}; it has {string.Join(", ", assembly.GetManifestResourceNames())}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
