using MathNet.Numerics.Distributions;

namespace Warehouse.Campaigns.Measurement;

/// <summary>How large an experiment has to be: two-sided, 5 %, with a power of 80 %, two arms of equal size.</summary>
public static class Power
{
    /// <summary>The chance to see an effect that is there.</summary>
    public const double Target = .80;

    private static readonly double OfError = Normal.InvCDF(0, 1, 1 - (WelchTest.Alpha / 2));
    private static readonly double OfPower = Normal.InvCDF(0, 1, Target);

    /// <summary>
    /// Customers an arm to see a rate rise from p to p (1 + lift): Fleiss, Levin and Paik (2003), « Statistical Methods for
    /// Rates and Proportions », equation 4.14, without the correction for continuity.
    /// Infinite where the rate is 0 or cannot rise so far.
    /// </summary>
    public static double CustomersForRate(double rate, double lift)
    {
        var raised = rate * (1 + lift);
        if (rate <= 0 || raised is < 0 or > 1 || lift == 0)
        {
            return double.PositiveInfinity;
        }

        var mean = (rate + raised) / 2;
        var root = (OfError * Math.Sqrt(2 * mean * (1 - mean))) + (OfPower * Math.Sqrt((rate * (1 - rate)) + (raised * (1 - raised))));
        return root * root / ((raised - rate) * (raised - rate));
    }

    /// <summary>
    /// Customers an arm to see a mean rise by a share of itself, both arms varying as the control does: 2 (z₁ + z₂)² σ² / δ².
    /// Infinite where the mean is 0.
    /// </summary>
    public static double CustomersForMean(double mean, double variance, double lift)
    {
        var rise = mean * lift;
        return rise == 0 ? double.PositiveInfinity : 2 * Math.Pow(OfError + OfPower, 2) * variance / (rise * rise);
    }

    /// <summary>The smallest difference that an experiment with this standard error sees in 80 of 100 cases.</summary>
    public static double MinimumDetectable(double standardError) => (OfError + OfPower) * standardError;

    /// <summary>The chance that a true difference is seen with this standard error.</summary>
    public static double ToSee(double difference, double standardError)
    {
        if (standardError == 0)
        {
            return difference == 0 ? WelchTest.Alpha : 1;
        }

        var shift = Math.Abs(difference) / standardError;
        return Normal.CDF(0, 1, shift - OfError) + Normal.CDF(0, 1, -shift - OfError);
    }
}
