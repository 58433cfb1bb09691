using MathNet.Numerics;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>Sums of exponentials, as logarithms, where the exponentials themselves could overflow.</summary>
internal static class LogSum
{
    /// <summary>ln(1 + e^v); 0 for minus infinity.</summary>
    public static double OnePlusExp(double v) => Math.Max(v, 0) + SpecialFunctions.Log1p(Math.Exp(-Math.Abs(v)));
}
