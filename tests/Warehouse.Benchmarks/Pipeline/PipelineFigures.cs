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
    /// <summary>
    /// Loads a file of as many order lines as asked for (two million, three times, by default) and prints a Markdown table. Further options:
    /// <c>correct</c> lets lines be told again, <c>persons</c> resolves who customers of two sources are, <c>memory=1GB</c> limits the program, which <c>warehouse load</c> shows best: here the raw table is read in the same process without a limit.
    /// </summary>
    public static async Task<int> RunAsync(string[] options, TextWriter output)
    {
        var lines = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : 2_000_000;
        var rounds = options.Length > 1 ? int.Parse(options[1], CultureInfo.InvariantCulture) : 3;
        var folder = Directory.CreateTempSubdirectory("warehouse-benchmark-").FullName;
        try
        {
            var isCorrected = options.Contains("correct");
            var hasPersons = options.Contains("persons");
            var file = OrderLines.Write(
                folder, lines, isCorrected, hasPersons, options.FirstOrDefault(option => option.StartsWith("memory=", StringComparison.Ordinal))?["memory=".Length..]);
            await output.WriteLineAsync("| what | s | ratio | processor s | ratio |");
            await output.WriteLineAsync("|---|---:|---:|---:|---:|");
            var raw = await MedianAsync(rounds, () => ReadCsvAsync(folder, file));
            await WriteAsync(output, string.Create(CultureInfo.InvariantCulture, $"read_csv of {lines:#,##0} lines into one raw table"), raw, raw);
            var load = await MedianAsync(rounds, () => LoadAsync(folder));
            await WriteAsync(output, hasPersons ? "the same file and the customers to the published star, all checks on" : "the same file to the published star, all checks on", load, raw);
            await WriteAsync(output, "loading it again: recognised, nothing done", await MedianAsync(rounds, () => LoadAgainAsync(folder)), raw);
            OrderLines.WriteNight(folder, lines, isCorrected, hasPersons);
            await WriteAsync(output, "a night's 1 % onto it; ratios to the whole load", await LoadAgainAsync(folder), load);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"Most memory in use at once: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:0.0} GB."));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task WriteAsync(TextWriter output, string what, Cost cost, Cost basis) => output.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"| {what} | {cost.Wall.TotalSeconds:0.00} | {cost.Wall / basis.Wall:0.00} | {cost.Processor.TotalSeconds:0.00} | {cost.Processor / basis.Processor:0.00} |"));

    private static async Task<Cost> MedianAsync(int rounds, Func<Task<Cost>> measure)
    {
        var costs = new List<Cost>();
        for (var round = 0; round < rounds; round++)
        {
            costs.Add(await measure());
        }

        return costs.OrderBy(cost => cost.Wall).ElementAt(rounds / 2);
    }

    private static async Task<Cost> MeasureAsync(Func<Task> work)
    {
        var process = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await work();
        return new Cost(watch.Elapsed, Environment.CpuUsage.TotalTime - process);
    }

    private static async Task<Cost> ReadCsvAsync(string folder, string file)
    {
        var path = Path.Combine(folder, "raw.duckdb");
        File.Delete(path);
        return await MeasureAsync(async () =>
        {
            await using var connection = new DuckDBConnection($"Data Source={path}");
            await connection.OpenAsync();
            await connection.ExecuteAsync("CREATE TABLE raw AS SELECT * FROM read_csv($file, all_varchar = true)", CancellationToken.None, ("file", file));
        });
    }

    private static Task<Cost> LoadAsync(string folder)
    {
        File.Delete(Path.Combine(folder, "warehouse.duckdb"));
        return LoadAgainAsync(folder);
    }

    private static Task<Cost> LoadAgainAsync(string folder) => MeasureAsync(async () =>
    {
        var workspace = Workspace.Open(folder);
        await using var database = await WarehouseDatabase.OpenAsync(workspace, TimeProvider.System, CancellationToken.None);
        await new Loader(database, TimeProvider.System).LoadAsync(FeedCatalogue.Read(workspace), null, null, CancellationToken.None);
    });

    private sealed record Cost(TimeSpan Wall, TimeSpan Processor);
}
