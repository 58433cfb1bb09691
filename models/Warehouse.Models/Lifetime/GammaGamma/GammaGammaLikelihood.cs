using System.Runtime.Intrinsics;
using MathNet.Numerics;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.GammaGamma;

/// <summary>
/// Log-likelihood of Gamma-Gamma with its analytic gradient, (1a) of Fader and Hardie (2013):
/// <code>ln L = -ln B(px, q) - px ln(1 + v/xm) - q ln(1 + xm/v) - ln m</code>
/// </summary>
internal sealed class GammaGammaLikelihood(SpendStatistics statistics, ParallelOptions parallel) : LogLikelihood
{
    private const int P = 0;
    private const int Q = 1;
    private const int V = 2;
    private const int Value = 3;

    private readonly CellTable cells = statistics.Table;

    public override IReadOnlyList<string> ParameterNames { get; } = ["p", "q", "v"];

    public override IReadOnlyList<double> LowerBounds { get; } = [1 / LargestShape, 1 / LargestShape, statistics.Mean / LargestScaleRatio];

    public override IReadOnlyList<double> UpperBounds { get; } = [LargestShape, LargestShape, statistics.Mean * LargestScaleRatio];

    public override IEnumerable<double[]> Starts =>
        from p in (double[])[1, 5, 25]
        from q in (double[])[2, 4, 12]
        select new[] { p, q, statistics.Mean * (q - 1) / p };

    public override double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var (p, q, v) = (parameters[P], parameters[Q], parameters[V]);
        Span<double> sums = stackalloc double[4];
        ChunkedSum.Over(cells.Count, sums, (from, to, chunk) => AddCells(p, q, v, from, to, chunk), parallel);
        AddPrefactors(p, q, sums);
        gradient[P] = sums[P] * p;
        gradient[Q] = sums[Q] * q;
        gradient[V] = sums[V];
        return sums[Value];
    }

    public override string MeaningOfBound(int parameter, bool upper, IReadOnlyList<double> parameters) =>
        (parameter, upper) switch
        {
            (P, true) => "a customer spends the same on each purchase; the spread between his purchases cannot be estimated.",
            (P, false) => "the spend on a purchase is almost nothing or enormous; no gamma distribution fits.",
            (Q or V, true) => "mean spend does not differ between customers; its spread cannot be estimated.",
            _ => "mean spend differs between customers beyond any mean; no gamma distribution fits.",
        };

    private void AddPrefactors(double p, double q, Span<double> sums)
    {
        var logGammaOfQ = SpecialFunctions.GammaLn(q);
        for (var run = 0; run < cells.X.Length; run++)
        {
            var (x, customers) = (cells.X[run], cells.CustomersOfRun[run]);
            sums[Value] += customers * (LogGamma.Difference(p * x, q) - logGammaOfQ);
            sums[P] += customers * x * LogGamma.DerivativeDifference(p * x, q);
            sums[Q] += customers * LogGamma.DerivativeDifference(q, p * x);
        }
    }

    /// <summary>What depends on the mean spend; the place of v holds the derivative by ln v.</summary>
    private void AddCells(double p, double q, double v, int from, int to, Span<double> sums)
    {
        foreach (var run in cells.Runs(from, to))
        {
            var (values, ofSpend, ofPrior, spendShare, priorShare) =
                (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
            for (var i = run.From; i < run.To; i += Lanes.Count)
            {
                var customers = Lanes.Load(cells.Customers, i, run.To);
                var mean = Lanes.Load(cells.First, i, run.To, beyond: 1);
                var spent = mean * run.X;
                var all = spent + Vector256.Create(v);
                var logSpend = customers * Vector256.Log(spent / all);
                var logPrior = customers * Vector256.Log(Vector256.Create(v) / all);
                values += (logSpend * (p * run.X)) + (logPrior * q) - (customers * Vector256.Log(mean));
                ofSpend += logSpend;
                ofPrior += logPrior;
                spendShare += customers * (spent / all);
                priorShare += customers * (Vector256.Create(v) / all);
            }

            sums[Value] += Lanes.Sum(values);
            sums[P] += run.X * Lanes.Sum(ofSpend);
            sums[Q] += Lanes.Sum(ofPrior);
            sums[V] += (q * Lanes.Sum(spendShare)) - (p * run.X * Lanes.Sum(priorShare));
        }
    }
}
