using MathNet.Numerics;

namespace Warehouse.Analysis.Forecasts;

/// <summary>
/// Where smoothing begins, as R's HoltWinters has it: with seasons, of the classical decomposition of the first two of them; else
/// of the first value or two.
/// </summary>
internal static class StartingState
{
    /// <summary>The state before the first value that is smoothed, and the place of that value.</summary>
    public static (SmoothingState State, int First) Of(SmoothingForm form, ReadOnlySpan<double> values, int season)
    {
        if (form.Season == Seasonality.None)
        {
            return form.HasTrend
                ? (new SmoothingState(form, values[1], values[1] - values[0], []), 2)
                : (new SmoothingState(form, values[0], 0, []), 1);
        }

        var trend = MovingAverage(values[..(2 * season)], season);
        var seasons = Seasons(form, values[..(2 * season)], trend, season);
        var known = trend.Where(double.IsFinite).ToArray();
        var (level, slope) = form.HasTrend
            ? Fit.Line([.. Enumerable.Range(1, known.Length).Select(place => (double)place)], known)
            : (values[..season].ToArray().Average(), 0);
        return (new SmoothingState(form, level, slope, seasons), season);
    }

    /// <summary>The mean of a whole season around each value; where the season is even its two ends count half.</summary>
    private static double[] MovingAverage(ReadOnlySpan<double> values, int season)
    {
        var half = season / 2;
        var average = new double[values.Length];
        Array.Fill(average, double.NaN);
        for (var place = half; place < values.Length - half; place++)
        {
            var sum = 0.0;
            for (var offset = -half; offset <= half; offset++)
            {
                sum += values[place + offset] * (season % 2 == 0 && Math.Abs(offset) == half ? .5 : 1);
            }

            average[place] = sum / season;
        }

        return average;
    }

    private static double[] Seasons(SmoothingForm form, ReadOnlySpan<double> values, double[] trend, int season)
    {
        var (sums, counts) = (new double[season], new int[season]);
        for (var place = 0; place < values.Length; place++)
        {
            if (double.IsFinite(trend[place]))
            {
                sums[place % season] += form.Season == Seasonality.Additive ? values[place] - trend[place] : values[place] / trend[place];
                counts[place % season]++;
            }
        }

        var figure = sums.Zip(counts, (sum, count) => sum / count).ToArray();
        var mean = figure.Average();
        return [.. figure.Select(value => form.Season == Seasonality.Additive ? value - mean : value / mean)];
    }
}
