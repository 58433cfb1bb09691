using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>
/// Draws from the asymptotic distribution of estimates: their logarithms are normal. A parameter at its bound stays there.
/// </summary>
internal sealed class ParameterDraws
{
    private readonly double[] parameters;
    private readonly int[] free;
    private readonly Matrix<double> factor;

    public ParameterDraws(LifetimeFit fit)
    {
        var covariance = fit.Covariance
            ?? throw new ArgumentException($"The fit of {fit.Model} has no covariance to draw from: {fit.Outcome.Message}", nameof(fit));
        parameters = fit.ParametersOf(fit.Kind);
        free = [.. Enumerable.Range(0, parameters.Length).Where(i => covariance[i][i] > 0)];
        factor = Matrix<double>.Build
            .Dense(free.Length, free.Length, (i, j) => covariance[free[i]][free[j]] / (parameters[free[i]] * parameters[free[j]]))
            .Cholesky()
            .Factor;
    }

    public double[] Next(Random random)
    {
        var standard = Vector<double>.Build.Dense(free.Length, _ => Normal.Sample(random, 0, 1));
        var deviations = factor * standard;
        var draw = (double[])parameters.Clone();
        for (var i = 0; i < free.Length; i++)
        {
            draw[free[i]] *= Math.Exp(deviations[i]);
        }

        return draw;
    }
}
