using Warehouse.Benchmarks.Campaigns;
using Warehouse.Benchmarks.Churn;
using Warehouse.Benchmarks.Customers;
using Warehouse.Benchmarks.Cubes;
using Warehouse.Benchmarks.Lifetime;
using Warehouse.Benchmarks.Pages;
using Warehouse.Benchmarks.Pipeline;
using Warehouse.Benchmarks.Provider;
using Warehouse.Benchmarks.Service;

switch (args)
{
    case ["provider", .. var options]:
        return ProviderFigures.Run(options, Console.Out);
    case ["pipeline", .. var options]:
        return await PipelineFigures.RunAsync(options, Console.Out);
    case ["churn", .. var options]:
        return await ChurnFigures.RunAsync(options, Console.Out);
    case ["customers", .. var options]:
        return await CustomerFigures.RunAsync(options, Console.Out);
    case ["lifetime", .. var options]:
        return LifetimeBenchmarks.Run(options);
    case ["cubes", .. var options]:
        return await CubeFigures.RunAsync(options, Console.Out);
    case ["campaigns", .. var options]:
        return await CampaignFigures.RunAsync(options, Console.Out);
    case ["service", .. var options]:
        return await ServiceFigures.RunAsync(options, Console.Out);
    case ["pages", .. var options]:
        return await PageFigures.RunAsync(options, Console.Out);
    default:
        Console.Error.WriteLine(
            """
            What to measure:
              provider             the ratios of results/provider.md
              provider micro …     by BenchmarkDotNet, with its own options after it
              pipeline [LINES [ROUNDS [correct] [persons] [memory=1GB]]]  the ratios of results/pipeline.md
              customers [CUSTOMERS [ROUNDS [MEMORY]]]  the ratios of results/customers.md
              lifetime …           fits and predictions of a million customers, by BenchmarkDotNet, with its own options after it
              churn [LINES]        the ratios of results/churn.md
              cubes [SCALE…]       the figures of results/cubes.md
              service [LINES]      the figures of results/service.md
              pages FOLDER         the figures of results/pages.md, of a loaded sample workspace
              campaigns [CUSTOMERS [EXPORTED [ROUNDS]]]  the figures of results/campaigns.md
            """);
        return 2;
}
