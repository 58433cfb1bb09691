using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>
/// Draws from the asymptotic distribution of estimates: their logarithms are normal. A parameter at its bound stays there.
/// </summary>
internal sealed class ParameterDraws
{
    private readonly double[] parameters;
    private readonly bool[] varies;
    private readonly Matrix<double> factor;

    public ParameterDraws(LifetimeFit fit)
    {
        var covariance = fit.Covariance
            ?? throw new ArgumentException($"The fit of {fit.Model} has no covariance to draw from: {fit.Outcome.Message}", nameof(fit));
        parameters = fit.ParametersOf(fit.Kind);
        varies = [.. Enumerable.Range(0, parameters.Length).Select(i => covariance[i][i] > 0)];
        factor = Matrix<double>.Build
            .Dense(parameters.Length, parameters.Length, (i, j) => varies[i] && varies[j]
                ? covariance[i][j] / (parameters[i] * parameters[j])
                : i == j ? 1 : 0)
            .Cholesky()
            .Factor;
    }

    public double[] Next(Random random)
    {
        var deviations = factor * Vector<double>.Build.Dense(parameters.Length, _ => Normal.Sample(random, 0, 1));
        return [.. parameters.Select((parameter, i) => varies[i] ? parameter * Math.Exp(deviations[i]) : parameter)];
    }
}
