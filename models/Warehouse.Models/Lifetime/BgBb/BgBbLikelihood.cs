using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.BgBb;

/// <summary>
/// Log-likelihood of BG/BB (Fader, Hardie and Shang 2010) with its analytic gradient: the customer is alive at the last
/// occasion, or died after one of the occasions from t_x on, each of which is a term of beta functions.
/// </summary>
internal sealed class BgBbLikelihood(OccasionStatistics statistics) : LogLikelihood
{
    private const int Alpha = 0;
    private const int Beta = 1;
    private const int Gamma = 2;
    private const int Delta = 3;

    public override IReadOnlyList<string> ParameterNames { get; } = ["alpha", "beta", "gamma", "delta"];

    public override IReadOnlyList<double> LowerBounds { get; } = [.. Enumerable.Repeat(1 / LargestShape, 4)];

    public override IReadOnlyList<double> UpperBounds { get; } = [.. Enumerable.Repeat(LargestShape, 4)];

    public override IEnumerable<double[]> Starts =>
        from purchase in (double[][])[[0.5, 0.5], [1, 3], [3, 1]]
        from dropout in (double[][])[[0.5, 2], [1, 10], [1, 1]]
        select new[] { purchase[0], purchase[1], dropout[0], dropout[1] };

    public override double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var model = new BgBbModel(parameters[Alpha], parameters[Beta], parameters[Gamma], parameters[Delta]);
        Span<double> slope = stackalloc double[4];
        var value = 0.0;
        gradient.Clear();
        foreach (var (history, customers) in statistics.CountedHistories)
        {
            value += customers * model.LogLikelihood(history);
            Gradient(history, parameters, slope);
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] += customers * slope[i] * parameters[i];
            }
        }

        return value;
    }

    /// <summary>
    /// The mean, over what may have become of the customer, of the derivatives of each term's logarithm. These are
    /// differences of ψ that grow by a reciprocal from one occasion to the next.
    /// </summary>
    private static void Gradient(OccasionHistory history, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var (alpha, beta, gamma, delta) = (parameters[Alpha], parameters[Beta], parameters[Gamma], parameters[Delta]);
        var (x, tx) = (history.Frequency, history.Recency);
        var byAlpha = LogGamma.DerivativeDifference(alpha, x);
        var byBeta = LogGamma.DerivativeDifference(beta, tx - x);
        var byAlphaBeta = LogGamma.DerivativeDifference(alpha + beta, tx);
        var byDelta = LogGamma.DerivativeDifference(delta, tx);
        var byGammaDelta = LogGamma.DerivativeDifference(gamma + delta, tx);
        var (alive, sum) = (1.0, 0.0);
        gradient.Clear();
        for (var k = tx; k < history.Occasions; k++)
        {
            var died = alive * gamma / (gamma + delta + k);
            sum += died;
            gradient[Alpha] += died * (byAlpha - byAlphaBeta);
            gradient[Beta] += died * (byBeta - byAlphaBeta);
            gradient[Gamma] += died * ((1 / gamma) - (1 / (gamma + delta + k)) - byGammaDelta);
            gradient[Delta] += died * (byDelta - (1 / (gamma + delta + k)) - byGammaDelta);

            alive *= (delta + k) / (gamma + delta + k) * (beta + k - x) / (alpha + beta + k);
            byBeta += 1 / (beta + k - x);
            byAlphaBeta += 1 / (alpha + beta + k);
            byDelta += 1 / (delta + k);
            byGammaDelta += 1 / (gamma + delta + k);
        }

        sum += alive;
        gradient[Alpha] = (gradient[Alpha] + (alive * (byAlpha - byAlphaBeta))) / sum;
        gradient[Beta] = (gradient[Beta] + (alive * (byBeta - byAlphaBeta))) / sum;
        gradient[Gamma] = (gradient[Gamma] - (alive * byGammaDelta)) / sum;
        gradient[Delta] = (gradient[Delta] + (alive * (byDelta - byGammaDelta))) / sum;
    }

    public override string MeaningOfBound(int parameter, bool upper, IReadOnlyList<double> parameters)
    {
        var buys = parameters[Alpha] / (parameters[Alpha] + parameters[Beta]);
        var leaves = parameters[Gamma] / (parameters[Gamma] + parameters[Delta]);
        return (parameter, upper) switch
        {
            (Alpha or Beta, true) => DoesNotDiffer("the chance to buy on an occasion", buys),
            (Alpha or Beta, false) => "living customers buy always or never; the chance to buy has no smooth distribution.",
            (Gamma or Delta, true) when leaves > LeastDropout => DoesNotDiffer("the chance to leave before an occasion", leaves),
            (Gamma, false) or (Delta, true) => NoDropout,
            _ => AllOrNone,
        };
    }

}
