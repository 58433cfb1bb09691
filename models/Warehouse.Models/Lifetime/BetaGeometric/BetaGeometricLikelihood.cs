using System.Runtime.Intrinsics;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.BetaGeometric;

/// <summary>
/// Log-likelihood of BG/NBD and MBG/NBD with its analytic gradient. With n the purchases after which the customer
/// could have left (n = x, or x + 1 where the first purchase counts),
/// <code>
/// L = Γ(r+x)/Γ(r) αʳ · B(a,b+n)/B(a,b) · [ (α+T)^-(r+x) + ρ (α+t_x)^-(r+x) ],   ρ = a/(b+n-1), 0 where n = 0
/// </code>
/// which is (6) of Fader, Hardie and Lee (2005); its logarithm is taken as in Fader and Hardie (2013), "Overcoming the
/// BG/NBD Model's #NUM! Error Problem". The bracket's terms are the customer who is alive at T and the one who left at
/// t_x; their shares weigh the gradient.
/// Cells of equal x share everything but the bracket, which is summed four cells at a time.
/// </summary>
internal sealed class BetaGeometricLikelihood(
    SufficientStatistics statistics, int purchasesBeforeFirstRepeat, ParallelOptions parallel) : LogLikelihood
{
    private const int R = 0;
    private const int Alpha = 1;
    private const int A = 2;
    private const int B = 3;
    private const int Value = 4;

    private readonly CellTable cells = statistics.Table;

    public override IReadOnlyList<string> ParameterNames { get; } = ["r", "alpha", "a", "b"];

    public override IReadOnlyList<double> LowerBounds { get; } =
        [1 / LargestShape, statistics.MeanAge / LargestScaleRatio, 1 / LargestShape, 1 / LargestShape];

    public override IReadOnlyList<double> UpperBounds { get; } =
        [LargestShape, statistics.MeanAge * LargestScaleRatio, LargestShape, LargestShape];

    public override IEnumerable<double[]> Starts =>
        from r in (double[])[0.25, 1, 4]
        from dropout in (double[][])[[0.5, 1.5], [1, 4], [0.5, 10]]
        select new[] { r, r / (1.5 * statistics.MeanRate), dropout[0], dropout[1] };

    public override LogLikelihood? Sample => statistics.Sample is { } sample
        ? new BetaGeometricLikelihood(sample, purchasesBeforeFirstRepeat, parallel)
        : null;

    public override double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var (r, alpha, a, b) = (parameters[R], parameters[Alpha], parameters[A], parameters[B]);
        Span<double> sums = stackalloc double[5];
        ChunkedSum.Over(cells.Count, sums, (from, to, chunk) => AddBrackets(r, alpha, a, b, from, to, chunk), parallel);
        AddPrefactors(r, alpha, a, b, sums);
        gradient[R] = sums[R] * r;
        gradient[Alpha] = sums[Alpha] * alpha;
        gradient[A] = sums[A] * a;
        gradient[B] = sums[B] * b;
        return sums[Value];
    }

    public override string MeaningOfBound(int parameter, bool upper, IReadOnlyList<double> parameters)
    {
        var leaves = parameters[A] / (parameters[A] + parameters[B]);
        return (parameter, upper) switch
        {
            (R or Alpha, true) => EqualRates,
            (R or Alpha, false) => FewBuyers,
            (A or B, true) when leaves > LeastDropout => DoesNotDiffer("the chance to leave after a purchase", leaves),
            (A, false) or (B, true) => NoDropout,
            _ => AllOrNone,
        };
    }

    private void AddPrefactors(double r, double alpha, double a, double b, Span<double> sums)
    {
        for (var run = 0; run < cells.X.Length; run++)
        {
            var (x, customers) = (cells.X[run], cells.CustomersOfRun[run]);
            double n = (double)x + purchasesBeforeFirstRepeat;
            sums[Value] += customers * (LogGamma.Difference(r, x)
                + (r * Math.Log(alpha))
                + LogGamma.Difference(b, n)
                - LogGamma.Difference(a + b, n));
            sums[R] += customers * (LogGamma.DerivativeDifference(r, x) + Math.Log(alpha));
            sums[Alpha] += customers * (r / alpha);
            sums[A] -= customers * LogGamma.DerivativeDifference(a + b, n);
            sums[B] += customers * (LogGamma.DerivativeDifference(b, n) - LogGamma.DerivativeDifference(a + b, n));
        }
    }

    private void AddBrackets(double r, double alpha, double a, double b, int from, int to, Span<double> sums)
    {
        foreach (var run in cells.Runs(from, to))
        {
            var n = run.X + purchasesBeforeFirstRepeat;
            if (n == 0)
            {
                AddAlive(r + run.X, alpha, run.From, run.To, sums);
            }
            else
            {
                AddAliveOrLeft(r + run.X, alpha, a, b + n - 1, run.From, run.To, sums);
            }
        }
    }

    /// <summary>Customers who cannot have left: the bracket is (α+T)^-m.</summary>
    private void AddAlive(double m, double alpha, int from, int to, Span<double> sums)
    {
        var logs = Vector256<double>.Zero;
        var inverses = Vector256<double>.Zero;
        for (var i = from; i < to; i += Lanes.Count)
        {
            var customers = Lanes.Load(cells.Customers, i, to);
            var age = Lanes.Load(cells.Second, i, to) + Vector256.Create(alpha);
            logs += customers * Vector256.Log(age);
            inverses += customers / age;
        }

        sums[Value] -= m * Lanes.Sum(logs);
        sums[R] -= Lanes.Sum(logs);
        sums[Alpha] -= m * Lanes.Sum(inverses);
    }

    private void AddAliveOrLeft(double m, double alpha, double a, double bPlus, int from, int to, Span<double> sums)
    {
        var logOdds = Vector256.Create(Math.Log(a / bPlus));
        var values = Vector256<double>.Zero;
        var logs = Vector256<double>.Zero;
        var inverses = Vector256<double>.Zero;
        var leavers = Vector256<double>.Zero;
        for (var i = from; i < to; i += Lanes.Count)
        {
            var customers = Lanes.Load(cells.Customers, i, to);
            var age = Lanes.Load(cells.Second, i, to) + Vector256.Create(alpha);
            var recency = Lanes.Load(cells.First, i, to) + Vector256.Create(alpha);
            var logAge = Vector256.Log(age);
            var logRecency = Vector256.Log(recency);

            // ln of the ratio of "left" to "alive", and the share of "left" without overflow.
            var odds = logOdds + ((logAge - logRecency) * m);
            var small = Vector256.Exp(-Vector256.Abs(odds));
            var smaller = small / (Vector256<double>.One + small);
            var left = Vector256.ConditionalSelect(
                Vector256.GreaterThan(odds, Vector256<double>.Zero), Vector256<double>.One - smaller, smaller);
            var alive = Vector256<double>.One - left;

            var softplus = Vector256.Max(odds, Vector256<double>.Zero) + Vector256.Log(Vector256<double>.One + small);
            values += customers * (softplus - (logAge * m));
            logs += customers * ((alive * logAge) + (left * logRecency));
            inverses += customers * ((alive / age) + (left / recency));
            leavers += customers * left;
        }

        sums[Value] += Lanes.Sum(values);
        sums[R] -= Lanes.Sum(logs);
        sums[Alpha] -= m * Lanes.Sum(inverses);
        sums[A] += Lanes.Sum(leavers) / a;
        sums[B] -= Lanes.Sum(leavers) / bPlus;
    }
}
