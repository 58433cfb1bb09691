using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.ParetoNbd;

/// <summary>
/// Log-likelihood of Pareto/NBD with its analytic gradient:
/// <code>L = Γ(r+x)/Γ(r) αʳ βˢ (α+T)^-(r+x) (β+T)^-s (1 + R)</code>
/// with R of <see cref="DeathIntegral"/>: section 3 of Fader and Hardie (2005), "A Note on Deriving the Pareto/NBD Model
/// and Related Expressions", with the integral that becomes A₀ there left as it is.
/// </summary>
internal sealed class ParetoNbdLikelihood(SufficientStatistics statistics, ParallelOptions parallel) : LogLikelihood
{
    private const int R = 0;
    private const int Alpha = 1;
    private const int S = 2;
    private const int Beta = 3;
    private const int Value = 4;

    private readonly CellTable cells = statistics.Table;

    public override IReadOnlyList<string> ParameterNames { get; } = ["r", "alpha", "s", "beta"];

    public override IReadOnlyList<double> LowerBounds { get; } =
    [
        1 / LargestShape,
        statistics.MeanAge / LargestScaleRatio,
        1 / LargestShape,
        statistics.MeanAge / LargestScaleRatio,
    ];

    public override IReadOnlyList<double> UpperBounds { get; } =
        [LargestShape, statistics.MeanAge * LargestScaleRatio, LargestShape, statistics.MeanAge * LargestScaleRatio];

    public override IEnumerable<double[]> Starts =>
        from r in (double[])[0.4, 1, 4]
        from death in (double[][])[[0.5, 0.3], [0.5, 2], [2, 3]]
        select new[] { r, r / (1.5 * statistics.MeanRate), death[0], death[1] * statistics.MeanAge };

    public override LogLikelihood? Sample => statistics.Sample is { } sample ? new ParetoNbdLikelihood(sample, parallel) : null;

    public override double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var (r, alpha, s, beta) = (parameters[R], parameters[Alpha], parameters[S], parameters[Beta]);
        Span<double> sums = stackalloc double[5];
        ChunkedSum.Over(cells.Count, sums, (from, to, chunk) => AddCells(r, alpha, s, beta, from, to, chunk), parallel);
        AddPrefactors(r, alpha, s, beta, sums);
        gradient[R] = sums[R] * r;
        gradient[Alpha] = sums[Alpha] * alpha;
        gradient[S] = sums[S] * s;
        gradient[Beta] = sums[Beta] * beta;
        return sums[Value];
    }

    public override string MeaningOfBound(int parameter, bool upper, IReadOnlyList<double> parameters)
    {
        var rate = parameters[S] / parameters[Beta];
        return (parameter, upper) switch
        {
            (R or Alpha, true) => EqualRates,
            (R or Alpha, false) => FewBuyers,
            (S or Beta, true) when rate * statistics.MeanAge > LeastDropout =>
                DoesNotDiffer("the rate at which customers leave, per unit of time", rate),
            (S, false) or (Beta, true) => NoDropout,
            _ => AllOrNone,
        };
    }

    private void AddPrefactors(double r, double alpha, double s, double beta, Span<double> sums)
    {
        for (var run = 0; run < cells.X.Length; run++)
        {
            var (x, customers) = (cells.X[run], cells.CustomersOfRun[run]);
            sums[Value] += customers * (LogGamma.Difference(r, x) + (r * Math.Log(alpha)) + (s * Math.Log(beta)));
            sums[R] += customers * (LogGamma.DerivativeDifference(r, x) + Math.Log(alpha));
            sums[Alpha] += customers * (r / alpha);
            sums[S] += customers * Math.Log(beta);
            sums[Beta] += customers * (s / beta);
        }
    }

    private void AddCells(double r, double alpha, double s, double beta, int from, int to, Span<double> sums)
    {
        foreach (var run in cells.Runs(from, to))
        {
            for (var cell = run.From; cell < run.To; cell++)
            {
                AddCell(r + run.X, alpha, s, beta, cell, sums);
            }
        }
    }

    private void AddCell(double m, double alpha, double s, double beta, int cell, Span<double> sums)
    {
        var (customers, age) = (cells.Customers[cell], cells.Second[cell]);
        var death = DeathIntegral.Of(m, alpha, s, beta, cells.First[cell], age);
        var (logAlpha, logBeta) = (Math.Log(alpha + age), Math.Log(beta + age));
        var alive = 1 / (1 + Math.Exp(death.LogOdds));
        var dead = 1 - alive;

        sums[Value] += customers * (LogSum.OnePlusExp(death.LogOdds) - (m * logAlpha) - (s * logBeta));
        sums[R] -= customers * ((alive * logAlpha) + (dead * death.MeanLogAlpha));
        sums[Alpha] -= customers * m * ((alive / (alpha + age)) + (dead * death.MeanInverseAlpha));
        sums[S] -= customers * ((alive * logBeta) + (dead * (death.MeanLogBeta - (1 / s))));
        sums[Beta] -= customers * ((alive * s / (beta + age)) + (dead * (s + 1) * death.MeanInverseBeta));
    }
}
