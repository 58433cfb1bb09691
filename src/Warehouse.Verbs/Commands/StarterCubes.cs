namespace Warehouse.Verbs.Commands;

/// <summary>The cubes over the star with which a new workspace begins: those of the sample, without what belongs to its segments.</summary>
internal static class StarterCubes
{
    private const string Prefix = "cubes/";
    private const string FirstOfSegments = "\n  # Segments as";

    /// <summary>Writes them into a workspace's folder.</summary>
    /// <param name="folder">The workspace's.</param>
    public static void WriteTo(string folder)
    {
        var assembly = typeof(StarterCubes).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            File.WriteAllText(Path.Combine(folder, name), WithoutSegments(reader.ReadToEnd()));
        }
    }

    private static string WithoutSegments(string text)
    {
        var end = text.IndexOf(FirstOfSegments, StringComparison.Ordinal);
        var lines = (end < 0 ? text : text[..end].TrimEnd() + "\n").Split('\n');
        return string.Join('\n', lines.Where(line => !line.StartsWith("  segment_", StringComparison.Ordinal)))
            .Replace("time: { fiscal_year_starts: 4 }", "time: { fiscal_year_starts: 1 }", StringComparison.Ordinal);
    }
}
