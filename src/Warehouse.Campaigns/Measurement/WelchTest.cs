using MathNet.Numerics.Distributions;

namespace Warehouse.Campaigns.Measurement;

/// <summary>
/// The difference of two means whose variances need not be equal, by Welch's t with the degrees of freedom
/// of Satterthwaite (Welch 1947, Biometrika 34).
/// </summary>
/// <param name="Difference">The treated mean less the control mean.</param>
/// <param name="StandardError">Of the difference; 0 where neither arm varies.</param>
/// <param name="Interval">95 %.</param>
/// <param name="P">Two-sided; 1 where the arms are the same constant, 0 where they are different constants.</param>
public readonly record struct WelchTest(double Difference, double StandardError, Interval Interval, double P)
{
    /// <summary>The chance of a wrong claim that all tests here allow.</summary>
    public const double Alpha = .05;

    /// <summary>Compares treated with control.</summary>
    public static WelchTest Of(Moments treated, Moments control)
    {
        var difference = treated.Mean - control.Mean;
        var (ofTreated, ofControl) = (treated.Variance / treated.Count, control.Variance / control.Count);
        var error = Math.Sqrt(ofTreated + ofControl);
        if (error == 0)
        {
            return new WelchTest(difference, 0, new Interval(difference, difference), difference == 0 ? 1 : 0);
        }

        var freedom = Math.Pow(ofTreated + ofControl, 2)
            / ((ofTreated * ofTreated / (treated.Count - 1)) + (ofControl * ofControl / (control.Count - 1)));
        var half = StudentT.InvCDF(0, 1, freedom, 1 - (Alpha / 2)) * error;
        return new WelchTest(
            difference, error, new Interval(difference - half, difference + half), 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(difference / error)));
    }
}
