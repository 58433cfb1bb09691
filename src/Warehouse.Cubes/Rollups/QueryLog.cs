using System.Text.Json;

namespace Warehouse.Cubes.Rollups;

/// <summary>
/// What was asked, kept in a file, a line each, the newest last: names of cubes, members and measures and how long it took, no values.
/// When it is long, its older half goes.
/// </summary>
/// <param name="path">The file; it need not be there.</param>
public sealed class QueryLog(string path)
{
    private const long LongestFile = 1_000_000;

    private readonly Lock _gate = new();

    /// <summary>Adds a line. Where the file cannot be written, an answer is worth more than a note of it: nothing is kept.</summary>
    public void Add(AskedQuery asked)
    {
        lock (_gate)
        {
            try
            {
                Shorten();
                File.AppendAllText(path, JsonSerializer.Serialize(asked) + "\n");
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // A workspace may be there to be read only.
            }
        }
    }

    /// <summary>All that is kept, the oldest first; none where there is no file. A line that is cut off is left out.</summary>
    public IReadOnlyList<AskedQuery> Read() =>
        File.Exists(path) ? [.. File.ReadLines(path).Select(Parse).OfType<AskedQuery>()] : [];

    private static AskedQuery? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AskedQuery>(line) is { Cube: not null, Members: not null, Measures: not null } asked ? asked : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Shorten()
    {
        if (!File.Exists(path) || new FileInfo(path).Length < LongestFile)
        {
            return;
        }

        var lines = File.ReadAllLines(path);
        var shorter = $"{path}.new";
        File.WriteAllLines(shorter, lines[(lines.Length / 2)..]);
        File.Move(shorter, path, overwrite: true);
    }
}
