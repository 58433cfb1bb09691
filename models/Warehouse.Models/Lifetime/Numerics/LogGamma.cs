using MathNet.Numerics;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>
/// Differences of ln Γ and of its derivative ψ, computed as differences: ln Γ(z + d) - ln Γ(z) keeps its digits
/// where each term is of the order 10⁵ and the difference of the order 1, which is what beta functions with
/// large arguments need. The recurrence Γ(z + 1) = z Γ(z) moves z to where Stirling's series (Abramowitz and
/// Stegun 6.1.41 and 6.3.18) is exact to double precision.
/// </summary>
internal static class LogGamma
{
    private const double StirlingIsExactFrom = 12;

    /// <summary>Coefficients of z⁻¹, z⁻³, … in ln Γ(z) - (z - ½) ln z + z - ½ ln 2π.</summary>
    private static readonly double[] Stirling =
        [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156];

    /// <summary>Coefficients of z⁻², z⁻⁴, … in ln z - 1/2z - ψ(z).</summary>
    private static readonly double[] StirlingDerivative =
        [1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12];

    /// <summary>ln Γ(z + d) - ln Γ(z) for z &gt; 0, d ≥ 0.</summary>
    public static double Difference(double z, double d)
    {
        if (d == 0)
        {
            return 0;
        }

        var shift = 1.0;
        for (; z < StirlingIsExactFrom; z++)
        {
            shift *= (z + d) / z;
        }

        return ((z + d - 0.5) * SpecialFunctions.Log1p(d / z))
            + (d * Math.Log(z))
            - d
            + (Series(Stirling, z + d) * (z + d))
            - (Series(Stirling, z) * z)
            - Math.Log(shift);
    }

    /// <summary>ψ(z + d) - ψ(z) for z &gt; 0, d ≥ 0: the derivative of <see cref="Difference"/> by z.</summary>
    public static double DerivativeDifference(double z, double d)
    {
        if (d == 0)
        {
            return 0;
        }

        var shift = 0.0;
        for (; z < StirlingIsExactFrom; z++)
        {
            shift += d / (z * (z + d));
        }

        return SpecialFunctions.Log1p(d / z)
            + (d / (2 * z * (z + d)))
            - Series(StirlingDerivative, z + d)
            + Series(StirlingDerivative, z)
            + shift;
    }

    /// <summary>Σ cᵢ z^(-2i), i from 1.</summary>
    private static double Series(double[] coefficients, double z)
    {
        var step = 1 / (z * z);
        var sum = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = (sum + coefficients[i]) * step;
        }

        return sum;
    }
}
