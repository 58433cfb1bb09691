using System.Globalization;
using System.Runtime.InteropServices;
using Warehouse.DuckDb;

namespace Warehouse.Benchmarks;

/// <summary>Where and when figures were taken, for the head of a results file.</summary>
internal static class Machine
{
    public static string Describe(TimeProvider time)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Machine: {Processor()}, {Environment.ProcessorCount} cores, {memory:0} GiB, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}, libduckdb {DuckDBConnection.LibraryVersion}. Date: {time.GetUtcNow():yyyy-MM-dd}.");
    }

    private static string Processor()
    {
        const string processors = "/proc/cpuinfo";
        var named = File.Exists(processors)
            ? File.ReadLines(processors).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return named?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
