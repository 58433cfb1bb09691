using System.Diagnostics;
using System.Globalization;
using Warehouse.DuckDb;

namespace Warehouse.Benchmarks.Provider;

/// <summary>
/// What reading and appending cost, beside the engine alone in the same round: on one thread, the rounds interleaved, so
/// that whatever else the machine does meets both sides. The ratio is what counts.
/// </summary>
internal static class ProviderFigures
{
    private const int Rounds = 9;
    private const int AppendedRows = 2_000_000;

    /// <summary>Prints a Markdown document of the figures for ten million rows, or as many as asked for.</summary>
    public static int Run(string[] options, TextWriter output)
    {
        if (options is ["micro", .. var chosen])
        {
            return ProviderBenchmarks.Run(chosen);
        }

        var rows = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : 10_000_000;
        output.WriteLine("# Provider figures");
        output.WriteLine();
        output.WriteLine(Machine.Describe(TimeProvider.System));
        output.WriteLine();
        output.WriteLine($"`dotnet run -c Release --project tests/Warehouse.Benchmarks -- {string.Join(' ', ["provider", .. options])}`");
        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows:#,##0} rows of BIGINT, INTEGER, DOUBLE, DECIMAL(18,4), DATE and VARCHAR, an engine of one thread, {Rounds} rounds. Times are medians, ratios medians of each round's."));
        var folder = Directory.CreateTempSubdirectory("warehouse-benchmark-").FullName;
        try
        {
            Write(output, "memory", file: null, rows);
            Write(output, "a file", Path.Combine(folder, "six.duckdb"), rows);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static void Write(TextWriter output, string place, string? file, int rows)
    {
        using var six = new SixColumns(file, rows);
        six.NewTarget();
        output.WriteLine();
        output.WriteLine($"| reading a table in {place} | ms | ratio | bytes allocated in all |");
        output.WriteLine("|---|---:|---:|---:|");
        WriteTable(output, rows, withRate: false, measures:
        [
            ("chunks fetched by the C API and thrown away", () => Reading.Discard(six.Connection)),
            ("by columns, every value looked at", () => Reading.Columns(six.Connection)),
            ("as an Arrow stream", () => Reading.Arrow(six.Connection)),
            ("by typed getters, strings made", () => Reading.TypedGetters(six.Connection)),
            ("as values, boxed", () => Reading.Values(six.Connection)),
        ]);
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {AppendedRows:#,##0} rows into a table in {place} | ms | ratio | bytes allocated in all | rows a second |"));
        output.WriteLine("|---|---:|---:|---:|---:|");
        WriteTable(output, AppendedRows, withRate: true, measures:
        [
            ("INSERT … SELECT of such rows", () => Append(six, Writing.Insert)),
            ("appended by columns", () => Append(six, Writing.Columns)),
            ("appended row by row", () => Append(six, Writing.Rows)),
        ]);
    }

    private static long Append(SixColumns six, Action<DuckDBConnection, string, int> write)
    {
        write(six.Connection, "target", AppendedRows);
        six.NewTarget();
        return AppendedRows;
    }

    private static void WriteTable(TextWriter output, int rows, bool withRate, (string What, Func<long> Measure)[] measures)
    {
        var times = new double[measures.Length, Rounds];
        var allocated = new long[measures.Length];
        for (var round = -1; round < Rounds; round++)
        {
            for (var index = 0; index < measures.Length; index++)
            {
                GC.Collect();
                var before = GC.GetTotalAllocatedBytes(precise: true);
                var began = Stopwatch.GetTimestamp();
                if (measures[index].Measure() != rows)
                {
                    throw new InvalidOperationException($"'{measures[index].What}' did not see every row.");
                }

                // The first round warms up.
                times[index, Math.Max(round, 0)] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                allocated[index] = GC.GetTotalAllocatedBytes(precise: true) - before;
            }
        }

        for (var index = 0; index < measures.Length; index++)
        {
            var row = Enumerable.Range(0, Rounds).ToList();
            var milliseconds = Median(row.Select(round => times[index, round]));
            var ratio = Median(row.Select(round => times[index, round] / times[0, round]));
            var perSecond = !withRate ? "" : string.Create(CultureInfo.InvariantCulture, $" {rows / milliseconds * 1000:#,##0} |");
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {measures[index].What} | {milliseconds:0} | {ratio:0.00} | {allocated[index]:#,##0} |{perSecond}"));
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
