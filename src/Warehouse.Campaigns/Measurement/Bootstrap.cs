namespace Warehouse.Campaigns.Measurement;

/// <summary>
/// Intervals for heavy tails: the studentized bootstrap (Efron and Tibshirani 1993, « An Introduction to the Bootstrap »,
/// section 12.5), which follows the skew that Welch's interval does not see.
/// </summary>
/// <remarks>
/// An arm of more than <see cref="MostUnits"/> customers is cut into so many groups by its row order, and the groups' means
/// are drawn: the mean and its standard error are those of the customers, and the work is bounded.
/// </remarks>
internal static class Bootstrap
{
    public const int Draws = 1999;

    private const int MostUnits = 50_000;

    /// <summary>The moments of an arm's mean in every draw: its mean and the variance of that mean.</summary>
    public static (double Mean, double Variance)[] Resample(double[] values, ulong seed)
    {
        var units = Units(values);
        var drawn = new (double Mean, double Variance)[Draws];
        Parallel.For(0, Draws, draw =>
        {
            var random = new SplitMix(seed ^ ((ulong)(draw + 1) * 0xD1342543DE82EF95));
            var (sum, squares) = (0d, 0d);
            for (var count = 0; count < units.Length; count++)
            {
                var value = units[random.Below(units.Length)];
                sum += value;
                squares += value * value;
            }

            var mean = sum / units.Length;
            var variance = Math.Max(0, (squares / units.Length) - (mean * mean)) / Math.Max(1, units.Length - 1);
            drawn[draw] = (mean, variance);
        });
        return drawn;
    }

    /// <summary>The 95 % interval of a difference; null where hardly any draw varies.</summary>
    public static Interval? Of(WelchTest found, (double Mean, double Variance)[] treated, (double Mean, double Variance)[] control)
    {
        var ratios = new List<double>(Draws);
        for (var draw = 0; draw < Draws; draw++)
        {
            var error = Math.Sqrt(treated[draw].Variance + control[draw].Variance);
            if (error > 0)
            {
                ratios.Add((treated[draw].Mean - control[draw].Mean - found.Difference) / error);
            }
        }

        if (ratios.Count < Draws * .99)
        {
            return null;
        }

        ratios.Sort();
        return new Interval(
            found.Difference - (At(ratios, 1 - (WelchTest.Alpha / 2)) * found.StandardError),
            found.Difference - (At(ratios, WelchTest.Alpha / 2) * found.StandardError));
    }

    private static double At(List<double> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Round(share * (sorted.Count + 1)) - 1, 0, sorted.Count - 1)];

    /// <summary>What is drawn from: the values, or the means of as many groups as are allowed.</summary>
    private static double[] Units(double[] values)
    {
        if (values.Length <= MostUnits)
        {
            return values;
        }

        var sums = new double[MostUnits];
        var counts = new int[MostUnits];
        for (var place = 0; place < values.Length; place++)
        {
            sums[place % MostUnits] += values[place];
            counts[place % MostUnits]++;
        }

        return [.. sums.Select((sum, place) => sum / counts[place])];
    }
}
