using System.Runtime.Intrinsics;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>
/// e^x - 1 to full relative precision, by Kahan's correction of the rounding of e^x. (MathNet.Numerics 5.0.0's own is
/// off by 2·10⁻⁷ near x = .07.)
/// </summary>
internal static class ExpMinusOne
{
    public static double Of(double x)
    {
        var exponential = Math.Exp(x);
        return exponential switch
        {
            1 => x,
            < 1e-300 => -1,
            double.PositiveInfinity => exponential,
            _ => (exponential - 1) * (x / Math.Log(exponential)),
        };
    }

    /// <summary>The same for four arguments, none of them so far from 0 that e^x is 0 or infinite.</summary>
    public static Vector256<double> Of(Vector256<double> x)
    {
        var exponential = Vector256.Exp(x);
        return Vector256.ConditionalSelect(
            Vector256.Equals(exponential, Vector256<double>.One),
            x,
            (exponential - Vector256<double>.One) * (x / Vector256.Log(exponential)));
    }
}
