namespace Warehouse.Analysis.Forecasts;

/// <summary>
/// How the forecast would have done: from each of the last values' origins it is made anew, choice of form included, of what was known
/// then, and held against what came, beside the seasonal naive: the value of a season before.
/// </summary>
/// <param name="Origins">From how many values forecasts were made.</param>
/// <param name="Steps">How far each went, at most.</param>
/// <param name="Error">Mean absolute error of all of them.</param>
/// <param name="NaiveError">That of the seasonal naive, for the same.</param>
/// <param name="Coverage">The part of what came that was within the interval.</param>
public sealed record BackTest(int Origins, int Steps, double Error, double NaiveError, double Coverage)
{
    /// <summary>Whether the forecast did better than the seasonal naive.</summary>
    public bool Beats => Error < NaiveError;

    /// <summary>Back-tests from as many origins as a season has values, at least six; null where there are too few values.</summary>
    internal static BackTest? Of(double[] values, int season, int steps, double part, CancellationToken cancellationToken)
    {
        var first = Math.Max(values.Length - Math.Max(season, 6), season > 1 ? (2 * season) + 1 : 8);
        var (error, naive, covered, count, origins) = (0.0, 0.0, 0, 0, 0);
        for (var origin = first; origin < values.Length; origin++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (SmoothingChoice.Best(values[..origin], season)?.Forecast(Math.Min(steps, values.Length - origin), part) is not { } forecast)
            {
                continue;
            }

            origins++;
            for (var step = 0; step < forecast.Count; step++)
            {
                var came = values[origin + step];
                error += Math.Abs(came - forecast[step].Value);
                naive += Math.Abs(came - values[origin - season + (step % season)]);
                covered += came >= forecast[step].Low && came <= forecast[step].High ? 1 : 0;
                count++;
            }
        }

        return count == 0 ? null : new BackTest(origins, steps, error / count, naive / count, (double)covered / count);
    }
}
