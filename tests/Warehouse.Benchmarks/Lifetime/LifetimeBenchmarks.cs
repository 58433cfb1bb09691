using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BetaGeometric;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Models.Lifetime.ParetoNbd;

namespace Warehouse.Benchmarks.Lifetime;

/// <summary>
/// A million customers drawn from BG/NBD (r .6, alpha 8, a .8, b 2.5; ages 1 to 101 weeks to the last bit, so that nearly all
/// histories are distinct): making sufficient statistics, fitting, predicting.
/// </summary>
[MemoryDiagnoser]
public class LifetimeBenchmarks
{
    private const int Customers = 1_000_000;
    private const double Horizon = 52;
    private const double WeeklyDiscountRate = 0.0027;

    private readonly double[] frequency = new double[Customers];
    private readonly double[] recency = new double[Customers];
    private readonly double[] age = new double[Customers];
    private readonly PurchaseHistory[] histories = new PurchaseHistory[Customers];
    private readonly double[] results = new double[Customers];
    private readonly BgNbdModel bgNbd = new(0.6, 8, 0.8, 2.5);
    private readonly ParetoNbdModel paretoNbd = new(0.6, 8, 0.8, 20);
    private SufficientStatistics statistics = null!;
    private SpendStatistics spend = null!;

    /// <summary>Runs all of them, or those that BenchmarkDotNet's own options choose.</summary>
    public static int Run(string[] options)
    {
        var config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(2).WithIterationCount(7).WithInvocationCount(1).WithUnrollFactor(1));
        BenchmarkSwitcher.FromTypes([typeof(LifetimeBenchmarks)]).Run(options.Length > 0 ? options : ["--filter", "*"], config);
        return 0;
    }

    [GlobalSetup]
    public void DrawCustomers()
    {
        var random = new MersenneTwister(20260101, threadSafe: false);
        for (var i = 0; i < Customers; i++)
        {
            age[i] = 1 + (100 * random.NextDouble());
            var rate = Gamma.Sample(random, 0.6, 8);
            var leaves = Beta.Sample(random, 0.8, 2.5);
            var stays = true;
            for (var time = Exponential.Sample(random, rate); stays && time <= age[i]; time += Exponential.Sample(random, rate))
            {
                frequency[i]++;
                recency[i] = time;
                stays = random.NextDouble() >= leaves;
            }

            histories[i] = new PurchaseHistory((int)frequency[i], recency[i], age[i]);
        }

        statistics = SufficientStatistics.Of(frequency, recency, age);
        var repeaters = Enumerable.Range(0, Customers).Where(i => frequency[i] > 0).ToArray();
        spend = SpendStatistics.Of(
            [.. repeaters.Select(i => frequency[i])],
            [.. repeaters.Select(i => Gamma.Sample(random, 6 * frequency[i], Gamma.Sample(random, 4, 15) * frequency[i]))]);
    }

    [Benchmark]
    public SufficientStatistics Statistics_From1MRows() => SufficientStatistics.Of(frequency, recency, age);

    [Benchmark]
    public LifetimeFit BgNbd_FitOf1M() => BgNbdModel.Fit(statistics);

    [Benchmark]
    public LifetimeFit MbgNbd_FitOf1M() => MbgNbdModel.Fit(statistics);

    [Benchmark]
    public LifetimeFit ParetoNbd_FitOf1M() => ParetoNbdModel.Fit(statistics);

    [Benchmark]
    public LifetimeFit GammaGamma_FitOfTheRepeaters() => GammaGammaModel.Fit(spend);

    [Benchmark]
    public void BgNbd_ConditionalExpectedPurchasesOf1M() => bgNbd.ConditionalExpectedPurchases(histories, Horizon, results);

    [Benchmark]
    public void BgNbd_ProbabilityAliveOf1M() => bgNbd.ProbabilityAlive(histories, results);

    [Benchmark]
    public void BgNbd_DiscountedResidualOf10K() =>
        bgNbd.DiscountedExpectedResidualTransactions(histories.AsMemory(0, 10_000), WeeklyDiscountRate, results.AsMemory(0, 10_000));

    [Benchmark]
    public void ParetoNbd_ConditionalExpectedPurchasesOf1M() => paretoNbd.ConditionalExpectedPurchases(histories, Horizon, results);

    [Benchmark]
    public void ParetoNbd_DiscountedResidualOf1M() =>
        paretoNbd.DiscountedExpectedResidualTransactions(histories, WeeklyDiscountRate, results);
}
