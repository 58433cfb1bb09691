namespace Warehouse.Models.Churn.Learners.Logistic;

/// <summary>A term of the linear predictor: a column made comparable, or whether it is missing.</summary>
/// <param name="Column">The place of the encoded column.</param>
/// <param name="IsMissingIndicator">Whether the term is 1 where the column is missing and 0 where not, instead of its value.</param>
/// <param name="IsLogarithm">Whether log(1 + value) is taken of it, as of long-tailed amounts and counts.</param>
/// <param name="Mean">What is taken off: the mean in training, which missing values get.</param>
/// <param name="Deviation">What it is divided by: the standard deviation in training.</param>
internal sealed record LogisticTerm(int Column, bool IsMissingIndicator, bool IsLogarithm, double Mean, double Deviation)
{
    /// <summary>Farthest from the mean that a value counts, in standard deviations: one odd amount decides nothing.</summary>
    public const double Farthest = 8;

    /// <summary>The standardised value; 0 where it is missing.</summary>
    public double Of(float value)
    {
        if (IsMissingIndicator)
        {
            return ((float.IsNaN(value) ? 1 : 0) - Mean) / Deviation;
        }

        return float.IsNaN(value) ? 0 : Math.Clamp((Transformed(value) - Mean) / Deviation, -Farthest, Farthest);
    }

    private double Transformed(double value) => IsLogarithm ? Math.Log(1 + Math.Max(0, value)) : value;
}
