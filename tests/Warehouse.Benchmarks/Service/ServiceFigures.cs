using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Warehouse.Benchmarks.Churn;
using Warehouse.Cubes;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Rollups;
using Warehouse.Service;
using Warehouse.Store;

namespace Warehouse.Benchmarks.Service;

/// <summary>What the way over HTTP adds to a question, how many repeated ones are answered in a second, and how quickly facts stream.</summary>
internal static class ServiceFigures
{
    private const int Questions = 300;
    private const int Warming = 200;
    private const int Clients = 8;
    private const int Repeats = 4_000;

    private const string Cube =
        """
        cube: sales
        table: star.fact_sale
        dimensions:
          date: { table: star.dim_date, key: date_key, on: date_key, unknown: 0001-01-01, time: true }
          product: { table: star.dim_product, key: product_key, on: product_key, unknown: -1, versions: { key: product_version_key, from: valid_from, to: valid_to, current: is_current }, attributes: { category: category } }
        details: [sale_key, customer_key, product_version_key, date_key, quantity, net_amount]
        measures:
          net_sales: { sum: net_amount }
          lines: { count: rows }
        """;

    /// <summary>Makes as many order lines as asked for (3,000,000 by default) and prints a Markdown table.</summary>
    public static async Task<int> RunAsync(string[] options, TextWriter output)
    {
        var lines = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : 3_000_000;
        var folder = Directory.CreateTempSubdirectory("warehouse-benchmark-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "cubes"));
            await File.WriteAllTextAsync(Path.Combine(folder, "cubes", "sales.yaml"), Cube);
            await using (await BenchmarkStar.MakeAsync(folder, lines))
            {
            }

            await File.AppendAllTextAsync(Path.Combine(folder, "warehouse.yaml"), "service: {limits: {queries_at_once: 64, waiting: 1000, requests_per_minute: 100000000}}\n");
            var workspace = Workspace.Open(folder);
            await using var service = await WarehouseService.StartAsync(
                new ServiceOptions(workspace, TimeProvider.System) { Urls = [new Uri("http://127.0.0.1:0")] }, CancellationToken.None);
            using var client = Client(service);
            await WriteAsync(output, workspace, service, client, lines);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(TextWriter output, Workspace workspace, WarehouseService service, HttpClient client, int lines)
    {
        await using var database = await WarehouseDatabase.OpenAsync(workspace, TimeProvider.System, CancellationToken.None);
        var engine = new CubeEngine(database.Source, CubeModel.Load(workspace.Folder), new CubeEngineOptions
        {
            Generation = async (connection, stop) =>
            {
                var generation = await Generation.CurrentAsync(connection, stop);
                return new GenerationStamp(generation.Number, generation.PublishedAt);
            },
            Asked = new QueryLog(Path.Combine(workspace.Folder, "asked.jsonl")).Add,
        });
        using var stop = new CancellationTokenSource();
        var (inside, over) = await MediansAsync(
            question => engine.QueryAsync(new QueryTexts { Cube = "sales", Measures = "net_sales", Where = Filter(question) }.Parse(), stop.Token),
            question => client.GetByteArrayAsync(Address(question)));
        var (rows, seconds) = await StreamAsync(client, lines);
        var repeated = await RepeatedAsync(service);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            {Machine.Describe(TimeProvider.System)}
            {lines:#,##0} order lines in a file. Medians of {Questions} questions, each asked once, in process and over HTTP in turns, of one day's sales.

            | what | figure | aim |
            |---|---:|---:|
            | a question in process | {inside:0.00} ms | |
            | a question over HTTP | {over:0.00} ms | |
            | what HTTP adds | {over - inside:0.00} ms | 1 ms |
            | facts by Arrow, {rows:#,##0} rows of 6 columns | {rows / seconds / 1e6:0.0} million rows/s | 3 |
            | a repeated question, {Clients} clients | {repeated:#,##0} answers/s | 5,000 |
            """));
    }

    /// <summary>The medians of two ways to ask, in turns, so that both meet the same moments of the machine; no question is asked twice.</summary>
    private static async Task<(double One, double Other)> MediansAsync<TOne, TOther>(Func<int, Task<TOne>> one, Func<int, Task<TOther>> other)
    {
        var (ones, others) = (new List<double>(), new List<double>());
        for (var question = 0; question < Warming; question++)
        {
            await one(-2 * question);
            await other((-2 * question) - 1);
        }

        for (var question = 0; question < Questions; question++)
        {
            ones.Add(await MillisecondsAsync(() => one(2 * question)));
            others.Add(await MillisecondsAsync(() => other((2 * question) + 1)));
        }

        return (Median(ones), Median(others));
    }

    private static async Task<double> MillisecondsAsync<T>(Func<Task<T>> ask)
    {
        var began = Stopwatch.GetTimestamp();
        await ask();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }

    private static async Task<(long Rows, double Seconds)> StreamAsync(HttpClient client, int lines)
    {
        const string Address = "/api/v1/query?cube=sales&measures=lines&details=lines&format=arrow";
        var best = double.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var began = Stopwatch.GetTimestamp();
            using var response = await client.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            await using var stream = await response.Content.ReadAsStreamAsync();
            await stream.CopyToAsync(Stream.Null);
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return (lines, best);
    }

    private static async Task<double> RepeatedAsync(WarehouseService service)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            using var client = Client(service);
            for (var repeat = 0; repeat < Repeats; repeat++)
            {
                await client.GetByteArrayAsync(Address(0));
            }
        })));
        return Clients * Repeats / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static HttpClient Client(WarehouseService service)
    {
        var client = new HttpClient { BaseAddress = service.Urls[0] };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", service.Owner.Token);
        return client;
    }

    private static string Address(int question) => $"/api/v1/query?cube=sales&measures=net_sales&where={Uri.EscapeDataString(Filter(question))}";

    private static string Filter(int question) => FormattableString.Invariant($"date.day = '{new DateOnly(2023, 1, 1).AddDays(question):yyyy-MM-dd}'");
}
