using MathNet.Numerics;

namespace Warehouse.Models.Tests.Lifetime.Oracles;

/// <summary>
/// Means over the mixing distributions by brute force: the trapezoidal rule in ln λ or in ln(p/(1-p)), where the
/// densities fall exponentially on both sides. No closed form of any model is used.
/// </summary>
internal static class Mixing
{
    private const double Negligible = 1e-18;
    private const double LongestStepInLogit = 0.15;

    /// <summary>The longest step has to be at most half the deviation, in ln λ, of what density and function make together.</summary>
    public static double OverGamma(double shape, double rate, Func<double, double> function, double longestStep = 0.15)
    {
        var logNorm = (shape * Math.Log(rate)) - SpecialFunctions.GammaLn(shape);
        return Trapezoid(Math.Log(shape / rate), 1 / Math.Sqrt(shape), longestStep, v =>
        {
            var lambda = Math.Exp(v);
            var density = Math.Exp((shape * v) - (rate * lambda) + logNorm);
            return density == 0 ? 0 : density * function(lambda);
        });
    }

    /// <summary>The function takes p and 1 - p, both exact.</summary>
    public static double OverBeta(double a, double b, Func<double, double, double> function)
    {
        var logNorm = SpecialFunctions.GammaLn(a + b) - SpecialFunctions.GammaLn(a) - SpecialFunctions.GammaLn(b);
        return Trapezoid(Math.Log(a / b), Math.Sqrt((1 / a) + (1 / b)), LongestStepInLogit, v =>
        {
            var p = 1 / (1 + Math.Exp(-v));
            var q = 1 / (1 + Math.Exp(v));
            var density = Math.Exp((a * Math.Log(p)) + (b * Math.Log(q)) + logNorm);
            return density == 0 ? 0 : density * function(p, q);
        });
    }

    /// <summary>1 - e^-x.</summary>
    public static double OneMinusExp(double x) => x > 1 ? 1 - Math.Exp(-x) : 2 * Math.Exp(-x / 2) * Math.Sinh(x / 2);

    private static double Trapezoid(double centre, double deviation, double longestStep, Func<double, double> integrand)
    {
        var step = Math.Min(longestStep, deviation / 3);
        return step * (Side(centre, step) + Side(centre - step, -step));

        double Side(double from, double towards)
        {
            var (sum, largest) = (0.0, 0.0);
            for (var v = from; Math.Abs(v - from) < 600; v += towards)
            {
                var term = integrand(v);
                sum += term;
                largest = Math.Max(largest, term);
                var far = largest > 0 ? 3 * deviation : 40 * deviation;
                if (term <= Negligible * largest && Math.Abs(v - from) > far)
                {
                    break;
                }
            }

            return sum;
        }
    }
}
