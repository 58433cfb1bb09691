using System.Runtime.Intrinsics;
using MathNet.Numerics.Integration;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>A smooth function to integrate, four arguments at a time.</summary>
internal interface IIntegrand
{
    Vector256<double> At(Vector256<double> u);
}

/// <summary>
/// Gauss-Legendre quadrature of 16 nodes on each of equal panels. A panel is exact to double precision when the
/// integrand falls by no more than a factor of e¹² in it and has no singularity nearer than its length.
/// </summary>
internal static class GaussLegendre
{
    public const int Nodes = 16;

    /// <summary>Nodes of one panel [0, 1], ascending.</summary>
    public static readonly double[] Abscissas;

    /// <summary>The weights of <see cref="Abscissas"/>; their sum is 1.</summary>
    public static readonly double[] Weights;

    static GaussLegendre()
    {
        var rule = new GaussLegendreRule(0, 1, Nodes);
        Abscissas = rule.Abscissas;
        Weights = rule.Weights;
    }

    public static double Integrate<TIntegrand>(in TIntegrand integrand, double from, double to, int panels)
        where TIntegrand : struct, IIntegrand
    {
        var length = (to - from) / panels;
        var sum = Vector256<double>.Zero;
        for (var panel = 0; panel < panels; panel++)
        {
            var start = from + (panel * length);
            for (var node = 0; node < Nodes; node += 4)
            {
                var u = (Vector256.LoadUnsafe(ref Abscissas[node]) * length) + Vector256.Create(start);
                sum += Vector256.LoadUnsafe(ref Weights[node]) * integrand.At(u);
            }
        }

        return Lanes.Sum(sum) * length;
    }
}
