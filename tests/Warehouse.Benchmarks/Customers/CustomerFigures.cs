using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Analysis.Snapshots;
using Warehouse.Store;

namespace Warehouse.Benchmarks.Customers;

/// <summary>
/// The analyses of customers, each beside the SQL that an analyst would write by hand for recency, frequency, monetary value and
/// quintiles alone, in the same run: the ratio is what counts.
/// </summary>
internal static class CustomerFigures
{
    private const int LinesPerCustomer = 20;

    private const string ByHand =
        """
        CREATE OR REPLACE TEMP TABLE by_hand AS
        WITH customer AS (
            SELECT customer_key, DATE '2024-12-31' - max(date_key) AS recency, count(DISTINCT order_id) AS frequency, sum(net_amount) AS monetary
            FROM star.fact_sale
            WHERE customer_key <> -1 AND date_key <= DATE '2024-12-31'
            GROUP BY customer_key
        )
        SELECT *, ntile(5) OVER (ORDER BY recency DESC) AS r, ntile(5) OVER (ORDER BY frequency) AS f, ntile(5) OVER (ORDER BY monetary) AS m
        FROM customer
        """;

    /// <summary>Makes as many customers as asked for (a million by default), with twenty lines each, within a limit of memory where one is given, and prints a Markdown table of medians.</summary>
    public static async Task<int> RunAsync(string[] options, TextWriter output)
    {
        var customers = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : 1_000_000;
        var rounds = options.Length > 1 ? int.Parse(options[1], CultureInfo.InvariantCulture) : 3;
        var memory = options.Length > 2 ? $", memory: {options[2]}" : "";
        var folder = Directory.CreateTempSubdirectory("warehouse-benchmark-").FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, Workspace.FileName), $"name: benchmark\ncurrency: GBP\ncalendar: {{from: 2020-01-01, to: 2030-01-01}}\nlimits: {{threads: 2{memory}}}\n");
            await using var database = await WarehouseDatabase.OpenAsync(Workspace.Open(folder), TimeProvider.System, CancellationToken.None);
            await using var connection = await database.ConnectAsync(CancellationToken.None);
            await FillAsync(connection, customers);
            var date = new DateOnly(2024, 12, 31);
            var times = new List<(Cost ByHand, Cost Rfm, Cost Snapshot)>();
            for (var round = 0; round < rounds; round++)
            {
                times.Add((
                    await MeasureAsync(() => connection.ExecuteAsync(ByHand, CancellationToken.None)),
                    await MeasureAsync(() => RfmAnalysis.RunAsync(
                        connection, new RfmOptions(new PopulationOptions(AsOf.EndOf(date, TimeZoneInfo.Utc))), CancellationToken.None)),
                    await MeasureAsync(() => CustomerSnapshot.StoreAsync(
                        database, new SnapshotOptions(AsOf.EndOf(date.AddDays(-round), TimeZoneInfo.Utc)) { WithLifetime = false }, CancellationToken.None))));
            }

            var basis = Median(times.Select(time => time.ByHand));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{customers:#,##0} customers, {(long)customers * LinesPerCustomer:#,##0} lines, medians of {rounds}"));
            await output.WriteLineAsync("| what | s | ratio | processor s | ratio |");
            await output.WriteLineAsync("|---|---:|---:|---:|---:|");
            await WriteAsync(output, "R, F, M and quintiles by hand-written SQL", basis, basis);
            await WriteAsync(output, "RFM: scores, segments, edges, what is left out", Median(times.Select(time => time.Rfm)), basis);
            await WriteAsync(output, "RFM, tiers, stages and rhythm, stored as a snapshot", Median(times.Select(time => time.Snapshot)), basis);
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
        $"| {what} | {cost.Clock.TotalSeconds:0.00} | {cost.Clock / basis.Clock:0.00} | {cost.Processor.TotalSeconds:0.00} | {cost.Processor / basis.Processor:0.00} |"));

    private static Cost Median(IEnumerable<Cost> costs) => costs.ToList() is var all
        ? new Cost(Middle(all.Select(cost => cost.Clock)), Middle(all.Select(cost => cost.Processor)))
        : default;

    private static TimeSpan Middle(IEnumerable<TimeSpan> times) => times.Order().ToList() is var rising ? rising[rising.Count / 2] : default;

    private static async Task<Cost> MeasureAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var (watch, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        await work();
        process.Refresh();
        return new Cost(watch.Elapsed, process.TotalProcessorTime - before);
    }

    /// <summary>What something took, by the clock and of all processors.</summary>
    private readonly record struct Cost(TimeSpan Clock, TimeSpan Processor);

    /// <summary>Orders of two or three lines over three years, one line in thirty a return; the same for the same number of customers.</summary>
    private static async Task FillAsync(DbConnection connection, int customers) => await connection.ExecuteAsync(
        """
        INSERT INTO star.fact_sale
        SELECT
            line, CAST(hash(line // 5, 1) % $customers AS INTEGER), -1, -1, -1, -1, -1,
            DATE '2022-01-01' + CAST(hash(line // 5 * 2 + line % 5 // 3, 2) % 1096 AS INTEGER),
            CAST(DATE '2022-01-01' + CAST(hash(line // 5 * 2 + line % 5 // 3, 2) % 1096 AS INTEGER) AS TIMESTAMPTZ) + INTERVAL 12 HOUR,
            'O' || (line // 5 * 2 + line % 5 // 3), CAST(line AS VARCHAR),
            CASE WHEN line % 30 = 7 THEN -1 ELSE 1 END, hash(line, 3) % 10000 / 100, hash(line, 3) % 10000 / 100, 0,
            CASE WHEN line % 30 = 7 THEN -1 ELSE 1 END * CAST(hash(line, 3) % 10000 / 100 AS DECIMAL(18,4)),
            NULL, 0, 'GBP', line % 30 = 7, NULL,
            CAST(DATE '2022-01-01' + CAST(hash(line // 5 * 2 + line % 5 // 3, 2) % 1096 AS INTEGER) AS TIMESTAMPTZ) + INTERVAL 12 HOUR,
            1, -1, line, -1
        FROM range(0, CAST($lines AS BIGINT)) AS generated (line)
        """,
        CancellationToken.None,
        ("customers", customers),
        ("lines", (long)customers * LinesPerCustomer));
}
