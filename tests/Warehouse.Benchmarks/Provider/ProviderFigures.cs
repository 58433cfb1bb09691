using System.Diagnostics;
using System.Globalization;
using Warehouse.DuckDb;

namespace Warehouse.Benchmarks.Provider;

internal static class ProviderFigures
{
    public static int Run(string[] options, TextWriter output)
    {
        using var six = new SixColumns(10_000_000, threads: 1);
        foreach (var _ in new int[3])
        {
            foreach (var (name, read) in new (string, Func<DuckDBConnection, long>)[] { ("discard", c => Reading.Discard(c)), ("columns", Reading.Columns), ("getters", Reading.TypedGetters), ("values", Reading.Values) })
            {
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var began = Stopwatch.GetTimestamp();
                read(six.Connection);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms {GC.GetAllocatedBytesForCurrentThread() - allocated} bytes"));
            }

            foreach (var (name, write) in new (string, Action<DuckDBConnection, string, int>)[] { ("rows", Writing.Rows), ("append columns", Writing.Columns) })
            {
                using (var command = new DuckDBCommand($"CREATE OR REPLACE TABLE target {SixColumns.Definition}", six.Connection)) { command.ExecuteNonQuery(); }
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var began = Stopwatch.GetTimestamp();
                write(six.Connection, "target", 2_000_000);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {2e6 / Stopwatch.GetElapsedTime(began).TotalSeconds:0} rows/s {GC.GetAllocatedBytesForCurrentThread() - allocated} bytes"));
            }
        }

        return 0;
    }
}
