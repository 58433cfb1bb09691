using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.ParetoNbd;

/// <summary>
/// The customers of a Pareto/NBD history who died between the last purchase and the end of observation:
/// <code>R = s (α+T)^m (β+T)^s ∫_{t_x}^{T} (α+y)^-m (β+y)^-(s+1) dy,   m = r + x</code>
/// is the odds of "dead" to "alive" at T, and the logarithm's derivatives are means over the same integrand.
/// <para>
/// Fader and Hardie (2005) write it as a difference of two hypergeometric functions (A₀), which loses all digits when
/// the two are close, is slow when α and β differ much, and has no elementary derivatives. Here it is integrated: with
/// y + near = (t_x + near) e^u, near being the smaller of α and β, the integrand is e^-D(u),
/// D(u) = (k-1) u + K ln(1 + c (e^u - 1)), smooth, and falls off no faster than exponentially until it does not count.
/// </para>
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct DeathIntegral
{
    private const double NegligibleExponent = 45;
    private const double LargestExponent = 300;
    private const double LargestFallInPanel = 12;
    private const double PanelLength = 1.5;

    private DeathIntegral(double logOdds, double alpha, double beta, double logAlpha, double logBeta)
    {
        LogOdds = logOdds;
        (MeanInverseAlpha, MeanInverseBeta) = (alpha, beta);
        (MeanLogAlpha, MeanLogBeta) = (logAlpha, logBeta);
    }

    /// <summary>ln R; minus infinity where t_x = T.</summary>
    public double LogOdds { get; }

    /// <summary>Mean of 1/(α+y) over the integrand.</summary>
    public double MeanInverseAlpha { get; }

    /// <summary>Mean of 1/(β+y) over the integrand.</summary>
    public double MeanInverseBeta { get; }

    /// <summary>Mean of ln(α+y) over the integrand.</summary>
    public double MeanLogAlpha { get; }

    /// <summary>Mean of ln(β+y) over the integrand.</summary>
    public double MeanLogBeta { get; }

    public static DeathIntegral Of(double m, double alpha, double s, double beta, double recency, double age)
    {
        var alphaIsNear = alpha <= beta;
        var (nearPower, farPower) = alphaIsNear ? (m, s + 1) : (s + 1, m);
        var near = Math.Min(alpha, beta) + recency;
        var far = Math.Max(alpha, beta) + recency;
        var full = SpecialFunctions.Log1p((age - recency) / near);
        if (full == 0)
        {
            return new DeathIntegral(
                double.NegativeInfinity, 1 / (alpha + age), 1 / (beta + age), Math.Log(alpha + age), Math.Log(beta + age));
        }

        var ratio = near / far;
        var (length, panels) = Panels(nearPower, farPower, ratio, full);
        var (mass, inverseNear, inverseFar, logNear, logFar) =
            (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (var panel = 0; panel < panels; panel++)
        {
            var start = Vector256.Create(panel * length);
            for (var node = 0; node < GaussLegendre.Nodes; node += Lanes.Count)
            {
                var u = (Vector256.LoadUnsafe(ref GaussLegendre.Abscissas[node]) * length) + start;
                var growth = Vector256.Exp(u);
                var farGrowth = Vector256<double>.One + ((growth - Vector256<double>.One) * ratio);
                var logFarGrowth = Vector256.Log(farGrowth);
                var weight = Vector256.LoadUnsafe(ref GaussLegendre.Weights[node])
                    * Vector256.Exp((u * (1 - nearPower)) - (logFarGrowth * farPower));
                mass += weight;
                inverseNear += weight / growth;
                inverseFar += weight / farGrowth;
                logNear += weight * u;
                logFar += weight * logFarGrowth;
            }
        }

        var total = Lanes.Sum(mass);
        var logOdds = Math.Log(s * total * length)
            + (m * SpecialFunctions.Log1p((age - recency) / (alpha + recency)))
            + (s * SpecialFunctions.Log1p((age - recency) / (beta + recency)))
            + (alphaIsNear ? Math.Log(ratio) : 0);
        var (meanNear, meanFar) = (Lanes.Sum(inverseNear) / (total * near), Lanes.Sum(inverseFar) / (total * far));
        var (meanLogNear, meanLogFar) = ((Lanes.Sum(logNear) / total) + Math.Log(near), (Lanes.Sum(logFar) / total) + Math.Log(far));
        return alphaIsNear
            ? new DeathIntegral(logOdds, meanNear, meanFar, meanLogNear, meanLogFar)
            : new DeathIntegral(logOdds, meanFar, meanNear, meanLogFar, meanLogNear);
    }

    /// <summary>Length and number of the panels that cover what counts of [0, full].</summary>
    private static (double Length, int Panels) Panels(double nearPower, double farPower, double ratio, double full)
    {
        if (full <= PanelLength && (Math.Abs(nearPower - 1) + farPower) * full <= LargestFallInPanel)
        {
            return (full, 1);
        }

        var end = Math.Min(full, LastThatCounts(nearPower, farPower, ratio, full));
        var fall = (Math.Abs(nearPower - 1) * end) + (farPower * SpecialFunctions.Log1p(ratio * ExpMinusOne.Of(end)));
        var panels = (int)Math.Ceiling(Math.Max(end / PanelLength, fall / LargestFallInPanel));
        return (end / panels, panels);
    }

    /// <summary>
    /// A u beyond which e^-D is negligible. D is convex and begins at 0; where the near power is below 1 its first term
    /// may sink by no more than u itself.
    /// </summary>
    private static double LastThatCounts(double nearPower, double farPower, double ratio, double full)
    {
        var byNear = nearPower > 1 ? NegligibleExponent / (nearPower - 1) : double.PositiveInfinity;
        var exponent = (NegligibleExponent + (nearPower < 1 ? full : 0)) / farPower;
        return exponent > LargestExponent
            ? byNear
            : Math.Min(byNear, SpecialFunctions.Log1p(ExpMinusOne.Of(exponent) / ratio));
    }
}
