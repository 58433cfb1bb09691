using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.BetaGeometric;

/// <summary>
/// E[λ / (δ + λp)], λ ~ gamma(m, A), p ~ beta(a, b'): a living customer buys at rate λ e^(-λpt), and the integral of
/// λ e^(-(δ+λp)t) is λ/(δ+λp). With w = λ/δ, the mean over p is w ₂F₁(1, a; a+b'; -w). The mean over w is taken by the
/// trapezoidal rule in ln w, where the gamma density falls at least exponentially on both sides: the rule's error is then
/// exponentially small in 1/step.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct DiscountedPurchases(double a, double bPrime, double m, double relativeRate)
{
    private const double LongestStep = 0.25;
    private const double StepsPerStandardDeviation = 2;
    private const double Negligible = 1e-17;

    public double Expected()
    {
        var step = Math.Min(LongestStep, 1 / (StepsPerStandardDeviation * Math.Sqrt(m)));
        var centre = Math.Log((m + 1) / relativeRate);
        return step * (Sum(centre, step) + Sum(centre - step, -step));
    }

    /// <summary>The terms from a point away in one direction, four at a time, until they do not count.</summary>
    private double Sum(double from, double step)
    {
        var offsets = Vector256.Create(0, step, 2 * step, 3 * step);
        var logNorm = (m * Math.Log(relativeRate)) - SpecialFunctions.GammaLn(m);
        var sum = 0.0;
        while (true)
        {
            var v = offsets + Vector256.Create(from);
            var w = Vector256.Exp(v);
            var density = Vector256.Exp((v * m) - (w * relativeRate) + Vector256.Create(logNorm));
            var value = w * Hypergeometric.UnitNumerator(a, a + bPrime, -w, -Math.Max(w.GetElement(0), w.GetElement(3)));
            var terms = Lanes.Sum(density * value);
            sum += terms;
            if (terms <= Negligible * sum)
            {
                return sum;
            }

            from += Lanes.Count * step;
        }
    }
}
