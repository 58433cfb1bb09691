using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Warehouse.Benchmarks.Provider;

/// <summary>Reading and appending a million rows, by BenchmarkDotNet.</summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "BenchmarkDotNet calls Close.")]
public class ProviderBenchmarks
{
    private const int Rows = 1_000_000;
    private SixColumns _six = null!;

    /// <summary>Runs all of them, or those that BenchmarkDotNet's own options choose.</summary>
    public static int Run(string[] options)
    {
        var config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(15).WithInvocationCount(1).WithUnrollFactor(1));
        BenchmarkSwitcher.FromTypes([typeof(ProviderBenchmarks)]).Run(options.Length > 0 ? options : ["--filter", "*"], config);
        return 0;
    }

    [GlobalSetup]
    public void Open()
    {
        _six = new SixColumns(file: null, Rows);
        _six.NewTarget();
    }

    [GlobalCleanup]
    public void Close() => _six.Dispose();

    [IterationCleanup]
    public void Empty() => _six.NewTarget();

    [Benchmark(Baseline = true)]
    public long Discard() => Reading.Discard(_six.Connection);

    [Benchmark]
    public long Columns() => Reading.Columns(_six.Connection);

    [Benchmark]
    public long Arrow() => Reading.Arrow(_six.Connection);

    [Benchmark]
    public long TypedGetters() => Reading.TypedGetters(_six.Connection);

    [Benchmark]
    public long Values() => Reading.Values(_six.Connection);

    [Benchmark]
    public void AppendColumns() => Writing.Columns(_six.Connection, "target", Rows);

    [Benchmark]
    public void AppendRows() => Writing.Rows(_six.Connection, "target", Rows);
}
