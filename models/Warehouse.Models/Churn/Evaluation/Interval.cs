namespace Warehouse.Models.Churn.Evaluation;

/// <summary>A figure with the interval that holds it with 95 % confidence, by bootstrap over customers.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Low">Lower end: the 2.5 % quantile of resamples.</param>
/// <param name="High">Upper end: the 97.5 % quantile.</param>
public sealed record Interval(double Value, double Low, double High)
{
    internal static Interval Of(double value, double[] resamples)
    {
        Array.Sort(resamples);
        return new Interval(value, Quantile(resamples, 0.025), Quantile(resamples, 0.975));
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
