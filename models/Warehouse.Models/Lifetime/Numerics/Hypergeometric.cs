using System.Runtime.Intrinsics;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>
/// Gauss's function ₂F₁(1, b; c; z), which sums every discounted stream of survivals here: with it
/// Σ (b)ᵢ/(c)ᵢ zⁱ needs no truncation. Gauss's continued fraction (Abramowitz and Stegun 15.2, Lorentzen and
/// Waadeland 1992, VI.1) converges for every z &lt; 1, fast where the power series does not converge at all
/// (z ≤ -1) or crawls (z near 1); each step gains a factor |(1 - √(1-z)) / (1 + √(1-z))|.
/// </summary>
internal static class Hypergeometric
{
    private const double DigitsAsExponent = 38;

    /// <summary>Enough for z from -10⁸ to 1 - 10⁻⁸.</summary>
    private const int MostSteps = 200_000;

    /// <summary>₂F₁(1, b; c; z) for c &gt; b &gt; 0, z &lt; 1.</summary>
    public static double UnitNumerator(double b, double c, double z)
    {
        var fraction = 1.0;
        for (var step = Steps(z); step >= 1; step--)
        {
            fraction = 1 - (Coefficient(step, b, c) * z / fraction);
        }

        return 1 / fraction;
    }

    /// <summary>The same for four arguments at once; <paramref name="farthest"/> is the one farthest from 0.</summary>
    public static Vector256<double> UnitNumerator(double b, double c, Vector256<double> z, double farthest)
    {
        var fraction = Vector256<double>.One;
        for (var step = Steps(farthest); step >= 1; step--)
        {
            fraction = Vector256<double>.One - (z * Coefficient(step, b, c) / fraction);
        }

        return Vector256<double>.One / fraction;
    }

    private static double Coefficient(int step, double b, double c)
    {
        if (step == 1)
        {
            return b / c;
        }

        var half = step / 2;
        return step % 2 == 0
            ? half * (c - b + half - 1) / ((c + step - 2) * (c + step - 1))
            : (b + half) * (c - 1 + half) / ((c + step - 2) * (c + step - 1));
    }

    private static int Steps(double z)
    {
        if (z == 0)
        {
            return 1;
        }

        var root = Math.Sqrt(1 - z);
        var gain = Math.Log(Math.Abs((1 - root) / (1 + root)));
        return gain >= -DigitsAsExponent / MostSteps ? MostSteps : (int)(DigitsAsExponent / -gain) + 4;
    }
}
