using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>
/// The generalised exponential integral of real order, scaled: e^z E_s(z) = ∫₀^∞ e^(-zw) (1 + w)^(-s) dw, which is
/// Tricomi's U(1, 2 - s, z) = z^(s-1) U(s, s, z) (NIST DLMF 8.19.1, 13.6.6). With w = e^u - 1 the integrand is smooth and
/// falls double-exponentially, whatever the order: no limit has to be taken where s is a whole number.
/// </summary>
internal static class ExponentialIntegral
{
    private const double NegligibleExponent = 40;
    private const double PanelLength = 1;

    /// <summary>e^z E_s(z) for s &gt; 0, z &gt; 0.</summary>
    public static double Scaled(double s, double z)
    {
        var end = Math.Min(
            Math.Log(1 + (NegligibleExponent / z)),
            s > 1 ? NegligibleExponent / (s - 1) : double.PositiveInfinity);
        var panels = Math.Max((int)Math.Ceiling(end / PanelLength), 4);
        return GaussLegendre.Integrate(new Integrand(s, z), 0, end, panels);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Integrand(double s, double z) : IIntegrand
    {
        public Vector256<double> At(Vector256<double> u) =>
            Vector256.Exp((u * (1 - s)) - (ExpMinusOne.Of(u) * z));
    }
}
