using System.Diagnostics;
using System.Globalization;
using Warehouse.DuckDb;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Loading;
using Warehouse.Store;

namespace Warehouse.Benchmarks.Pipeline;

/// <summary>
/// Whole-pipeline figures, each beside the raw engine doing the same file in the same run: the ratio is what counts.
/// </summary>
internal static class PipelineFigures
{
    private const int Rounds = 3;

    /// <summary>Loads a file of as many order lines as asked for (two million by default) and prints a Markdown table.</summary>
    public static async Task<int> RunAsync(string[] options, TextWriter output)
    {
        var lines = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : 2_000_000;
        var folder = Directory.CreateTempSubdirectory("warehouse-benchmark-").FullName;
        try
        {
            var file = OrderLines.Write(folder, lines);
            await output.WriteLineAsync("| what | median s | ratio to read_csv |");
            await output.WriteLineAsync("|---|---:|---:|");
            var raw = await MedianAsync(() => ReadCsvAsync(folder, file));
            await WriteAsync(output, string.Create(CultureInfo.InvariantCulture, $"read_csv of {lines:#,##0} lines into one raw table"), raw, raw);
            var load = await MedianAsync(() => LoadAsync(folder));
            await WriteAsync(output, "the same file to the published star, all checks on", load, raw);
            var again = await MedianAsync(() => LoadAgainAsync(folder));
            await WriteAsync(output, "loading it again: recognised, nothing done", again, raw);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task WriteAsync(TextWriter output, string what, TimeSpan time, TimeSpan raw) => output.WriteLineAsync(
        string.Create(CultureInfo.InvariantCulture, $"| {what} | {time.TotalSeconds:0.00} | {time / raw:0.00} |"));

    private static async Task<TimeSpan> MedianAsync(Func<Task<TimeSpan>> measure)
    {
        var times = new List<TimeSpan>();
        for (var round = 0; round < Rounds; round++)
        {
            times.Add(await measure());
        }

        return times.Order().ElementAt(Rounds / 2);
    }

    private static async Task<TimeSpan> ReadCsvAsync(string folder, string file)
    {
        var path = Path.Combine(folder, "raw.duckdb");
        File.Delete(path);
        var watch = Stopwatch.StartNew();
        await using (var connection = new DuckDBConnection($"Data Source={path}"))
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync("CREATE TABLE raw AS SELECT * FROM read_csv($file)", CancellationToken.None, ("file", file));
        }

        return watch.Elapsed;
    }

    private static Task<TimeSpan> LoadAsync(string folder)
    {
        File.Delete(Path.Combine(folder, "warehouse.duckdb"));
        return LoadAgainAsync(folder);
    }

    private static async Task<TimeSpan> LoadAgainAsync(string folder)
    {
        var watch = Stopwatch.StartNew();
        var workspace = Workspace.Open(folder);
        await using (var database = await WarehouseDatabase.OpenAsync(workspace, TimeProvider.System, CancellationToken.None))
        {
            await new Loader(database, TimeProvider.System).LoadAsync(FeedCatalogue.Read(workspace), null, null, CancellationToken.None);
        }

        return watch.Elapsed;
    }
}
