using MathNet.Numerics.LinearAlgebra.Double;

namespace Warehouse.Campaigns.Measurement.Uplift;

/// <summary>The chance of a yes from numbers, by Newton's method on standardised columns with a slight squared penalty.</summary>
internal sealed class LogisticRegression
{
    private const int MostSteps = 50;
    private const double Penalty = 1e-3;

    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly double[] _weights;

    private LogisticRegression(double[] means, double[] scales, double[] weights) => (_means, _scales, _weights) = (means, scales, weights);

    /// <summary>Fits it.</summary>
    /// <param name="columns">The columns, each with a value for every customer.</param>
    /// <param name="rows">The customers who are learned from.</param>
    /// <param name="isYes">Whether a customer is a yes.</param>
    /// <param name="weightOf">How much a customer counts.</param>
    public static LogisticRegression Fit(double[][] columns, int[] rows, Func<int, bool> isYes, Func<int, double> weightOf)
    {
        var moments = columns.Select(column => Moments.Of(Array.ConvertAll(rows, row => column[row]))).ToArray();
        var model = new LogisticRegression(
            [.. moments.Select(moment => moment.Mean)],
            [.. moments.Select(moment => moment.Variance > 0 ? 1 / Math.Sqrt(moment.Variance) : 0)],
            new double[columns.Length + 1]);
        for (var step = 0; step < MostSteps && model.Improve(columns, rows, isYes, weightOf) > 1e-9; step++)
        {
        }

        return model;
    }

    /// <summary>The chance of a yes.</summary>
    public double Chance(double[][] columns, int row)
    {
        var margin = _weights[0];
        for (var column = 0; column < columns.Length; column++)
        {
            margin += _weights[column + 1] * Scaled(columns, column, row);
        }

        return 1 / (1 + Math.Exp(-margin));
    }

    private double Scaled(double[][] columns, int column, int row) => (columns[column][row] - _means[column]) * _scales[column];

    /// <summary>One step, and how far it went.</summary>
    private double Improve(double[][] columns, int[] rows, Func<int, bool> isYes, Func<int, double> weightOf)
    {
        var size = _weights.Length;
        var (slope, curve, values) = (new double[size], new double[size, size], new double[size]);
        foreach (var row in rows)
        {
            values[0] = 1;
            for (var column = 1; column < size; column++)
            {
                values[column] = Scaled(columns, column - 1, row);
            }

            var (chance, weight) = (Chance(columns, row), weightOf(row));
            var bend = Math.Max(chance * (1 - chance), 1e-9) * weight;
            var miss = ((isYes(row) ? 1 : 0) - chance) * weight;
            for (var i = 0; i < size; i++)
            {
                slope[i] += miss * values[i];
                for (var j = 0; j <= i; j++)
                {
                    curve[i, j] += bend * values[i] * values[j];
                }
            }
        }

        for (var i = 0; i < size; i++)
        {
            var held = i == 0 ? 0 : Penalty * rows.Length;
            slope[i] -= held * _weights[i];
            curve[i, i] += held + 1e-12;
            for (var j = 0; j < i; j++)
            {
                curve[j, i] = curve[i, j];
            }
        }

        var change = DenseMatrix.OfArray(curve).Solve(DenseVector.OfArray(slope));
        for (var i = 0; i < size; i++)
        {
            _weights[i] += change[i];
        }

        return change.AbsoluteMaximum();
    }
}
