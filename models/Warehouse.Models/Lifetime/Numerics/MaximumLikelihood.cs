using MathNet.Numerics.LinearAlgebra;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>Fits a likelihood: chooses a start, climbs, judges what was found and gives it standard errors.</summary>
internal static class MaximumLikelihood
{
    /// <summary>Starts climbed from, at most, until one leads to a maximum.</summary>
    private const int MostClimbs = 3;

    public static LifetimeFit Fit(
        LifetimeModelKind kind,
        LogLikelihood likelihood,
        long customers,
        int cells,
        CancellationToken cancellationToken)
    {
        var maximum = Climb(likelihood, cancellationToken);
        var outcome = Judge(likelihood, maximum);
        var parameters = maximum.Parameters;
        var covariance = maximum.IsStationary && !maximum.IsFlat ? Covariance(maximum, parameters) : null;
        var values = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        var errors = new OrderedDictionary<string, double?>(StringComparer.Ordinal);
        for (var i = 0; i < parameters.Count; i++)
        {
            values.Add(likelihood.ParameterNames[i], parameters[i]);
            errors.Add(
                likelihood.ParameterNames[i],
                covariance is not null && maximum.AtBound[i] == 0 ? Math.Sqrt(covariance[i, i]) : null);
        }

        return new LifetimeFit(
            kind, values, errors, covariance?.ToRowArrays(), maximum.Value, outcome, customers, cells, maximum.Iterations);
    }

    private static Maximum Climb(LogLikelihood likelihood, CancellationToken cancellationToken)
    {
        var maximiser = new NewtonMaximiser(likelihood, cancellationToken);
        var starts = likelihood.Sample is { } sample
            ? likelihood.Starts.Prepend([.. Climb(sample, cancellationToken).Parameters]).Take(MostClimbs)
            : likelihood.Starts.OrderByDescending(maximiser.ValueAt).Take(MostClimbs);
        Maximum? best = null;
        foreach (var start in starts)
        {
            var found = maximiser.From(start);
            best = best is null || found.Value > best.Value ? found : best;
            if (best is { IsStationary: true, IsFlat: false, IsInside: true })
            {
                break;
            }
        }

        return maximiser.AlongFlatFrom(best!);
    }

    private static FitOutcome Judge(LogLikelihood likelihood, Maximum maximum)
    {
        if (!maximum.IsStationary)
        {
            return new FitOutcome.NoMaximumFound(maximum.RemainingGain);
        }

        if (!maximum.IsInside)
        {
            var parameters = maximum.Parameters.ToArray();
            return new FitOutcome.ParameterAtBound(
            [
                .. Enumerable.Range(0, parameters.Length).Where(i => maximum.AtBound[i] != 0).Select(i => new BoundReached(
                    likelihood.ParameterNames[i],
                    maximum.AtBound[i] > 0,
                    parameters[i],
                    likelihood.MeaningOfBound(i, maximum.AtBound[i] > 0, parameters))),
            ]);
        }

        return maximum.IsFlat
            ? new FitOutcome.FlatLikelihood(TakingPart(likelihood, maximum.Flattest))
            : new FitOutcome.Converged();
    }

    private static string[] TakingPart(LogLikelihood likelihood, Vector<double> direction) =>
        [.. likelihood.ParameterNames.Where((_, i) => Math.Abs(direction[i]) > 0.3 * direction.InfinityNorm())];

    /// <summary>Delta method: d θ = θ d ln θ. A parameter at its bound has no variance.</summary>
    private static Matrix<double> Covariance(Maximum maximum, Vector<double> parameters) =>
        maximum.Information.Inverse().MapIndexed(
            (i, j, value) => maximum.AtBound[i] == 0 && maximum.AtBound[j] == 0 ? value * parameters[i] * parameters[j] : 0);
}
