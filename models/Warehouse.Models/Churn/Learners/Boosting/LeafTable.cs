namespace Warehouse.Models.Churn.Learners.Boosting;

/// <summary>
/// What a leaf contributes to a row's score, by the columns on its path, for every pattern of them. A column of a set S is
/// known: it lets the row through (1) or not (0); any other lets through its share z of the training rows. Shapley's value
/// of column i is v Σ_S |S|! (d - 1 - |S|)! / d! · Π_{j in S} o_j Π_{j not in S, j ≠ i} z_j · (o_i - z_i), S not holding i.
/// </summary>
internal static class LeafTable
{
    /// <param name="value">The leaf's value v.</param>
    /// <param name="shares">z of each of the d columns.</param>
    /// <returns>For pattern 0 the d contributions, then for pattern 1, … Bit i of a pattern says that column i lets the row through.</returns>
    public static double[] Of(double value, double[] shares)
    {
        var columns = shares.Length;
        var weights = Weights(columns);
        var table = new double[(1 << columns) * columns];
        var coefficients = new double[columns];
        for (var pattern = 0; pattern < 1 << columns; pattern++)
        {
            for (var column = 0; column < columns; column++)
            {
                Others(shares, pattern, column, coefficients);
                var sum = 0.0;
                for (var size = 0; size < columns; size++)
                {
                    sum += weights[size] * coefficients[size];
                }

                table[(pattern * columns) + column] = value * sum * ((pattern >> column & 1) - shares[column]);
            }
        }

        return table;
    }

    /// <summary>The coefficients, by powers of t, of Π_{j ≠ i} (z_j + o_j t): of t^s the sum over the sets of s columns.</summary>
    private static void Others(double[] shares, int pattern, int except, double[] coefficients)
    {
        Array.Clear(coefficients);
        coefficients[0] = 1;
        for (int column = 0, degree = 0; column < shares.Length; column++)
        {
            if (column == except)
            {
                continue;
            }

            var lets = pattern >> column & 1;
            degree++;
            for (var power = degree; power > 0; power--)
            {
                coefficients[power] = (coefficients[power] * shares[column]) + (coefficients[power - 1] * lets);
            }

            coefficients[0] *= shares[column];
        }
    }

    /// <summary>s! (d - 1 - s)! / d! for s from 0 to d - 1.</summary>
    private static double[] Weights(int columns)
    {
        var weights = new double[columns];
        if (columns > 0)
        {
            weights[0] = 1.0 / columns;
            for (var size = 1; size < columns; size++)
            {
                weights[size] = weights[size - 1] * size / (columns - size);
            }
        }

        return weights;
    }
}
