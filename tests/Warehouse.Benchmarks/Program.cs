using Warehouse.Benchmarks.Pipeline;
using Warehouse.Benchmarks.Provider;

switch (args)
{
    case ["provider", .. var options]:
        return ProviderFigures.Run(options, Console.Out);
    case ["pipeline", .. var options]:
        return await PipelineFigures.RunAsync(options, Console.Out);
    default:
        Console.Error.WriteLine(
            """
            What to measure:
              provider             the ratios of results/provider.md
              provider micro …     by BenchmarkDotNet, with its own options after it
              pipeline [LINES [ROUNDS]]  the ratios of results/pipeline.md
            """);
        return 2;
}
