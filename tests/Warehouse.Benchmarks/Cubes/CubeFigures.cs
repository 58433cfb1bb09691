using System.Diagnostics;
using System.Globalization;
using Warehouse.Cubes;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Tests.Ssb;
using Warehouse.DuckDb;

namespace Warehouse.Benchmarks.Cubes;

/// <summary>
/// The cubes beside raw DuckDB, in one run and in turns, on the Star Schema Benchmark: what the layer itself takes, its SQL against
/// SQL by hand, rollups, throughput and answers from memory.
/// </summary>
internal static class CubeFigures
{
    private const int Rounds = 7;
    private const int LeastRounds = 7;
    private const int MostRounds = 61;
    private const int WarmRounds = 100;
    private const int LayerRounds = 60;
    private const int Clients = 8;

    private const string Rollups = """

        rollups:
          regions: { table: regions, by: [date.d_year, customer.c_region, supplier.s_region, part.p_mfgr], measures: [revenue, profit] }
        """;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PerQuery = TimeSpan.FromSeconds(8);

    /// <summary>Prints a Markdown table: what the layer takes, then for each scale (1 by default) its SQL beside SQL by hand.</summary>
    public static async Task<int> RunAsync(string[] options, TextWriter output)
    {
        await output.WriteLineAsync("| what | figure |");
        await output.WriteLineAsync("|---|---:|");
        await LayerAsync(output);
        foreach (var scale in options.DefaultIfEmpty("1").Select(option => double.Parse(option, CultureInfo.InvariantCulture)))
        {
            await using var database = new DuckDBDataSource("Data Source=:memory:");
            var filled = Stopwatch.StartNew();
            await FillAsync(database, scale);
            await WriteAsync(output, string.Create(CultureInfo.InvariantCulture, $"**scale {scale}**, filled"), $"{filled.Elapsed.TotalSeconds:0} s");
            var engine = Engine(database);
            await ByHandAsync(engine, database, output);
            await RollupAsync(engine, output);
            await ClientsAsync(database, output);
            await CachedAsync(database, output);
        }

        return 0;
    }

    /// <summary>On tables so small that the engine has little to do: the whole answer less the same statement given to the engine.</summary>
    private static async Task LayerAsync(TextWriter output)
    {
        await using var small = new DuckDBDataSource("Data Source=:memory:");
        await FillAsync(small, .0001);
        var engine = new CubeEngine(small, CubeModel.Parse(("ssb.yaml", StarSchemaBenchmark.Model)));
        List<double> fresh = [], repeated = [], raw = [];
        long allocated = 0;
        var number = 0;
        foreach (var query in StarSchemaBenchmark.Queries)
        {
            var texts = Texts(query);
            QueryTexts Other() => texts with { Where = string.Create(CultureInfo.InvariantCulture, $"{texts.Where} and line.lo_quantity < {1_000 + number++}") };
            var written = await engine.ExplainAsync(texts.Parse());
            var otherWritten = await engine.ExplainAsync(Other().Parse());
            var again = texts.Parse();
            for (var round = 0; round < WarmRounds + LayerRounds; round++)
            {
                // Another text each time, so that nothing is known of it; the same work for the engine.
                var other = Other();
                var before = GC.GetTotalAllocatedBytes();
                await engine.QueryAsync(Other().Parse());
                var after = GC.GetTotalAllocatedBytes();
                var (first, bareOther) = await InTurnsAsync(round, () => engine.QueryAsync(other.Parse()), () => ReadAsync(small, otherWritten.Sql, otherWritten.Parameters));
                var (second, bare) = await InTurnsAsync(round, () => engine.QueryAsync(again), () => ReadAsync(small, written.Sql, written.Parameters));
                if (round >= WarmRounds)
                {
                    raw.Add(bare);
                    fresh.Add(first - bareOther);
                    repeated.Add(second - bare);
                    allocated += after - before;
                }
            }
        }

        await WriteAsync(output, "a new query: parse, plan, write, bind, read, beyond the statement itself (median over the 13, in turns)", $"{Median(fresh):0.00} ms");
        await WriteAsync(output, "allocated for it", $"{allocated / raw.Count / 1024.0:0} KB");
        await WriteAsync(output, "the same query again", $"{Median(repeated):0.00} ms");
        await WriteAsync(output, "(the statement itself, on tables of hundreds of rows)", $"{Median(raw):0.00} ms");
    }

    /// <summary>The milliseconds of one and the other; in every second round the other begins, as what runs second finds the processor warm.</summary>
    private static async Task<(double One, double Other)> InTurnsAsync(int round, Func<Task> one, Func<Task> other)
    {
        if (round % 2 == 0)
        {
            var first = await MillisecondsAsync(one);
            return (first, await MillisecondsAsync(other));
        }

        var before = await MillisecondsAsync(other);
        return (await MillisecondsAsync(one), before);
    }

    /// <summary>In turns; the ratio is that of medians, so that neither a lucky nor an unlucky turn decides.</summary>
    private static async Task ByHandAsync(CubeEngine engine, DuckDBDataSource database, TextWriter output)
    {
        var ratios = new List<(string Number, double Ratio)>();
        foreach (var query in StarSchemaBenchmark.Queries)
        {
            var written = await engine.ExplainAsync(Texts(query).Parse());
            Task OwnAsync() => ReadAsync(database, written.Sql, written.Parameters);
            Task HandAsync() => ReadAsync(database, query.Sql, []);
            await HandAsync();
            List<double> own = [], hand = [];
            var clock = Stopwatch.StartNew();
            for (var round = 0; round < LeastRounds || (clock.Elapsed < PerQuery && round < MostRounds); round++)
            {
                var (ours, theirs) = await InTurnsAsync(round, OwnAsync, HandAsync);
                own.Add(ours);
                hand.Add(theirs);
            }

            ratios.Add((query.Number, Median(own) / Median(hand)));
            await WriteAsync(output, string.Create(CultureInfo.InvariantCulture, $"query {query.Number}, generated SQL ({Median(own):0.0} ms) to SQL by hand, {own.Count} turns"), $"{ratios[^1].Ratio:0.000}");
        }

        var mean = Math.Exp(ratios.Average(query => Math.Log(query.Ratio)));
        var worst = ratios.MaxBy(query => query.Ratio);
        await WriteAsync(output, "the 13 queries, generated SQL to SQL by hand, geometric mean", $"{mean:0.000}");
        await WriteAsync(output, $"the worst of them, {worst.Number}", $"{worst.Ratio:0.000}");
    }

    private static async Task RollupAsync(CubeEngine engine, TextWriter output)
    {
        var query = new QueryTexts { Cube = "lineorder", Measures = "revenue, profit", By = "date.d_year, customer.c_region", Where = "supplier.s_region = 'ASIA'" }.Parse();
        var facts = await MedianAsync(engine, query);
        await engine.BuildRollupsAsync();
        await WriteAsync(output, "revenue and profit by year and region, from facts", $"{facts:0.00} ms");
        await WriteAsync(output, "the same from a rollup", $"{await MedianAsync(engine, query):0.00} ms");
    }

    /// <summary>Eight clients, each with filters of its own, in turns with eight connections that are given SQL by hand.</summary>
    private static async Task ClientsAsync(DuckDBDataSource database, TextWriter output)
    {
        var engine = new CubeEngine(database, CubeModel.Parse(("ssb.yaml", StarSchemaBenchmark.Model)));
        List<double> ratios = [];
        for (var round = 0; round < 3; round++)
        {
            var raw = await ThroughputAsync((client, number) => ReadAsync(
                database,
                "SELECT sum(lo_extendedprice * lo_discount) FROM lineorder, date WHERE lo_orderdate = d_datekey AND d_year = $1 AND lo_discount BETWEEN $2 AND $3 AND lo_quantity < $4",
                [Year(client, number), number % 8, (number % 8) + 2, 20 + (number % 10)]));
            var own = await ThroughputAsync((client, number) => engine.QueryAsync(new QueryTexts
            {
                Cube = "lineorder",
                Measures = "discounted",
                Where = string.Create(CultureInfo.InvariantCulture, $"date.d_year = {Year(client, number)} and line.lo_discount between {number % 8} and {(number % 8) + 2} and line.lo_quantity < {20 + (number % 10)}"),
            }.Parse()));
            ratios.Add(own / raw);
        }

        await WriteAsync(output, "queries a second of 8 clients with varied filters, to raw DuckDB on 8 connections (median of three)", $"{Median(ratios):0.00}");
    }

    private static async Task CachedAsync(DuckDBDataSource database, TextWriter output)
    {
        var stamp = new GenerationStamp(1, DateTimeOffset.UnixEpoch);
        var engine = new CubeEngine(database, CubeModel.Parse(("ssb.yaml", StarSchemaBenchmark.Model)), new CubeEngineOptions { Latest = () => stamp });
        var query = Texts(StarSchemaBenchmark.Queries[3]).Parse();
        await engine.QueryAsync(query);
        var clock = Stopwatch.StartNew();
        var answers = 0;
        while (clock.Elapsed < Span)
        {
            await engine.QueryAsync(query);
            answers++;
        }

        await WriteAsync(output, "answers a second to a repeated question, in process, one caller", $"{answers / clock.Elapsed.TotalSeconds:#,##0}");
    }

    private static int Year(int client, int number) => 1992 + ((client + number) % 7);

    private static async Task<double> ThroughputAsync(Func<int, int, Task> ask)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var number = 0;
            while (clock.Elapsed < Span)
            {
                await ask(client, number++);
            }

            return number;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> MedianAsync(CubeEngine engine, CubeQuery query)
    {
        List<double> times = [];
        for (var round = 0; round < 4 * Rounds; round++)
        {
            times.Add(await MillisecondsAsync(() => engine.QueryAsync(query)));
        }

        return Median(times);
    }

    private static CubeEngine Engine(DuckDBDataSource database) => new(
        database,
        CubeModel.Parse(("ssb.yaml", StarSchemaBenchmark.Model + Rollups)),
        new CubeEngineOptions { Generation = (_, _) => Task.FromResult(new GenerationStamp(1, DateTimeOffset.UnixEpoch)) });

    private static QueryTexts Texts(SsbQuery query) =>
        new() { Cube = "lineorder", Measures = query.Measures, By = query.By, Where = query.Where, Order = query.Order };

    private static Task FillAsync(DuckDBDataSource database, double scale) => ReadAsync(database, StarSchemaBenchmark.Tables(scale), []);

    private static async Task ReadAsync(DuckDBDataSource database, string sql, IReadOnlyList<object> parameters)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            for (var column = 0; column < reader.FieldCount; column++)
            {
                reader.GetValue(column);
            }
        }
    }

    private static async Task<double> MillisecondsAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Task WriteAsync(TextWriter output, string what, FormattableString figure) =>
        output.WriteLineAsync($"| {what} | {figure.ToString(CultureInfo.InvariantCulture)} |");
}
