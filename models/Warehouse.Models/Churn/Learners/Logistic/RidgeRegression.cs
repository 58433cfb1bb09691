using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Warehouse.Models.Churn.Learners.Logistic;

/// <summary>
/// Logistic regression with a squared penalty, by iteratively reweighted least squares: the weights w that minimise
/// mean loss + λ/2 |w|², the intercept not penalised. Steps that do not lower it are halved.
/// </summary>
internal sealed class RidgeRegression(StandardisedRows rows, bool[] churned)
{
    private const int MostSteps = 50;
    private const int MostHalvings = 30;
    private const double Enough = 1e-9;

    /// <summary>The weights, the intercept first.</summary>
    /// <param name="penalty">λ above 0: with it there is always one minimum.</param>
    /// <param name="start">Where the search begins.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public double[] Fit(double penalty, double[] start, CancellationToken cancellationToken)
    {
        var weights = start;
        var objective = Objective(weights, penalty);
        for (var step = 0; step < MostSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var direction = NewtonStep(weights, penalty, out var promised);
            if (promised < Enough)
            {
                break;
            }

            var length = 1.0;
            for (var halving = 0; ; halving++, length /= 2)
            {
                var next = new double[weights.Length];
                TensorPrimitives.MultiplyAdd(direction, length, weights, next);
                var reached = Objective(next, penalty);
                if (reached <= objective || halving == MostHalvings)
                {
                    (weights, objective) = (next, reached);
                    break;
                }
            }
        }

        return weights;
    }

    /// <summary>The mean loss of weights on these rows, without the penalty.</summary>
    public double MeanLoss(double[] weights)
    {
        var loss = 0.0;
        for (var row = 0; row < rows.Count; row++)
        {
            loss += Odds.Loss(TensorPrimitives.Dot(rows[row], weights), churned[row]);
        }

        return loss / rows.Count;
    }

    private double Objective(double[] weights, double penalty) =>
        MeanLoss(weights) + (penalty / 2 * TensorPrimitives.SumOfSquares(weights.AsSpan(1)));

    /// <summary>The step to the minimum of the second-order approximation, and half the decrease that it promises.</summary>
    private double[] NewtonStep(double[] weights, double penalty, out double promised)
    {
        var width = rows.Width;
        var gradient = new double[width];
        var curvature = new double[width * width];
        var scaled = new double[width];
        for (var row = 0; row < rows.Count; row++)
        {
            var values = rows[row];
            var probability = Odds.Probability(TensorPrimitives.Dot(values, weights));
            TensorPrimitives.MultiplyAdd(values, (churned[row] ? 1 : 0) - probability, gradient, gradient);
            TensorPrimitives.Multiply(values, probability * (1 - probability), scaled);
            for (var i = 0; i < width; i++)
            {
                var upper = curvature.AsSpan((i * width) + i, width - i);
                TensorPrimitives.MultiplyAdd(values[i..], scaled[i], upper, upper);
            }
        }

        var hessian = Matrix<double>.Build.Dense(width, width, (i, j) =>
            (curvature[(Math.Min(i, j) * width) + Math.Max(i, j)] / rows.Count) + (i == j && i > 0 ? penalty : 0) + (i == j ? 1e-12 : 0));
        var downhill = Vector<double>.Build.Dense(width, i => (gradient[i] / rows.Count) - (i > 0 ? penalty * weights[i] : 0));
        var direction = hessian.Cholesky().Solve(downhill);
        promised = direction.DotProduct(downhill);
        return direction.ToArray();
    }
}
