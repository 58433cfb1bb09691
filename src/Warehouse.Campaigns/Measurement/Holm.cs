namespace Warehouse.Campaigns.Measurement;

/// <summary>
/// Corrects several tests so that the chance of any wrong claim among them stays what it is for one
/// (Holm 1979, « A simple sequentially rejective multiple test procedure »).
/// </summary>
public static class Holm
{
    /// <summary>The corrected p-values, in the order of those given; at most 1 and never below the original.</summary>
    public static double[] Adjust(IReadOnlyList<double> values)
    {
        var adjusted = new double[values.Count];
        var atLeast = 0d;
        var left = values.Count;
        foreach (var place in Enumerable.Range(0, values.Count).OrderBy(place => values[place]))
        {
            atLeast = Math.Max(atLeast, Math.Min(1, left * values[place]));
            adjusted[place] = atLeast;
            left--;
        }

        return adjusted;
    }
}
