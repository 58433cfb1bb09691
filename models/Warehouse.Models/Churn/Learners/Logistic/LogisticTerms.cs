namespace Warehouse.Models.Churn.Learners.Logistic;

/// <summary>Chooses the terms that suit encoded columns: all standardised, long tails by their logarithm, missing values told apart.</summary>
internal static class LogisticTerms
{
    private const double LongTail = 2;
    private const double LeastDeviation = 1e-9;

    public static LogisticTerm[] Of(float[] rows, int width) =>
        [.. Enumerable.Range(0, width).SelectMany(column => OfColumn(rows, width, column))];

    private static IEnumerable<LogisticTerm> OfColumn(float[] rows, int width, int column)
    {
        var plain = Moments.Of(rows, width, column, isLogarithm: false);
        if (plain.Deviation > LeastDeviation * Math.Max(1, Math.Abs(plain.Mean)))
        {
            var isLogarithm = plain.Least >= 0 && plain.Skewness > LongTail && plain.Most > 1;
            var used = isLogarithm ? Moments.Of(rows, width, column, isLogarithm) : plain;
            yield return new LogisticTerm(column, IsMissingIndicator: false, isLogarithm, used.Mean, used.Deviation);
        }

        if (plain.Missing > 0 && plain.Present > 0)
        {
            var share = (double)plain.Missing / (plain.Missing + plain.Present);
            yield return new LogisticTerm(column, IsMissingIndicator: true, IsLogarithm: false, share, Math.Sqrt(share * (1 - share)));
        }
    }

    private sealed record Moments(int Present, int Missing, double Least, double Most, double Mean, double Deviation, double Skewness)
    {
        public static Moments Of(float[] rows, int width, int column, bool isLogarithm)
        {
            var (present, missing, sum) = (0, 0, 0.0);
            var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var at = column; at < rows.Length; at += width)
            {
                if (float.IsNaN(rows[at]))
                {
                    missing++;
                    continue;
                }

                var value = Value(rows[at], isLogarithm);
                present++;
                sum += value;
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }

            if (present == 0)
            {
                return new Moments(0, missing, 0, 0, 0, 0, 0);
            }

            var mean = sum / present;
            var (squares, cubes) = (0.0, 0.0);
            for (var at = column; at < rows.Length; at += width)
            {
                if (!float.IsNaN(rows[at]))
                {
                    var off = Value(rows[at], isLogarithm) - mean;
                    squares += off * off;
                    cubes += off * off * off;
                }
            }

            var deviation = Math.Sqrt(squares / present);
            return new Moments(present, missing, least, most, mean, deviation, deviation > 0 ? cubes / present / (deviation * deviation * deviation) : 0);
        }

        private static double Value(float value, bool isLogarithm) => isLogarithm ? Math.Log(1 + (double)value) : value;
    }
}
