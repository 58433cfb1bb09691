using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.ShiftedBetaGeometric;

/// <summary>
/// Log-likelihood of the sBG model (Fader and Hardie 2007) with its analytic gradient:
/// P(T = t) = B(α+1, β+t-1)/B(α, β), S(t) = B(α, β+t)/B(α, β).
/// </summary>
internal sealed class ShiftedBetaGeometricLikelihood(ContractStatistics statistics) : LogLikelihood
{
    private const int Alpha = 0;
    private const int Beta = 1;

    public override IReadOnlyList<string> ParameterNames { get; } = ["alpha", "beta"];

    public override IReadOnlyList<double> LowerBounds { get; } = [1 / LargestShape, 1 / LargestShape];

    public override IReadOnlyList<double> UpperBounds { get; } = [LargestShape, LargestShape];

    public override IEnumerable<double[]> Starts =>
        from alpha in (double[])[0.5, 2]
        from odds in (double[])[1, 4, 20]
        select new[] { alpha, alpha * odds };

    public override double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var (alpha, beta) = (parameters[Alpha], parameters[Beta]);
        var value = 0.0;
        gradient.Clear();
        foreach (var (periods, ended, contracts) in statistics.Counted)
        {
            var renewed = ended ? periods - 1 : periods;
            value += contracts * (LogGamma.Difference(beta, renewed)
                - LogGamma.Difference(alpha + beta, periods)
                + (ended ? Math.Log(alpha) : 0));
            gradient[Alpha] += contracts * ((ended ? 1 / alpha : 0) - LogGamma.DerivativeDifference(alpha + beta, periods));
            gradient[Beta] += contracts * (LogGamma.DerivativeDifference(beta, renewed) - LogGamma.DerivativeDifference(alpha + beta, periods));
        }

        gradient[Alpha] *= alpha;
        gradient[Beta] *= beta;
        return value;
    }

    public override string MeaningOfBound(int parameter, bool upper, IReadOnlyList<double> parameters) => upper
        ? DoesNotDiffer("the chance not to renew", parameters[Alpha] / (parameters[Alpha] + parameters[Beta]), "contracts")
        : AllOrNone;

}
