namespace Warehouse.Campaigns.Measurement;

/// <summary>What the tests need to know of a column of numbers.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Variance">Their sample variance, with n - 1.</param>
public readonly record struct Moments(int Count, double Mean, double Variance)
{
    /// <summary>In two passes and from the first value on, so that large means lose no digits and equal values vary by nothing. One value has a variance of 0.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return default;
        }

        var sum = 0d;
        foreach (var value in values)
        {
            sum += value - values[0];
        }

        var mean = values[0] + (sum / values.Length);
        var squares = 0d;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return new Moments(values.Length, mean, values.Length == 1 ? 0 : squares / (values.Length - 1));
    }
}
