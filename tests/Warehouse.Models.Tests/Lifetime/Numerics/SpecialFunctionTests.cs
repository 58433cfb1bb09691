using System.Runtime.Intrinsics;
using MathNet.Numerics;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Tests.Lifetime.Numerics;

/// <summary>The kernels against exact sums and against known closed forms.</summary>
public sealed class SpecialFunctionTests
{
    [Theory]
    [InlineData(1e-4)]
    [InlineData(0.243)]
    [InlineData(1)]
    [InlineData(11.99)]
    [InlineData(12)]
    [InlineData(9.7e3)]
    public void LogGammaDifference_OfWholeSteps_EqualsSumOfLogarithms(double z)
    {
        foreach (var steps in new[] { 0, 1, 2, 25, 1000, 10_000 })
        {
            var log = Enumerable.Range(0, steps).Sum(i => Math.Log(z + i));
            var reciprocal = Enumerable.Range(0, steps).Sum(i => 1 / (z + i));
            Near.Absolute(log, LogGamma.Difference(z, steps), 1e-13 * Math.Max(1, Math.Abs(log)));
            Near.Absolute(reciprocal, LogGamma.DerivativeDifference(z, steps), 1e-13 * Math.Max(1, reciprocal));
        }
    }

    [Theory]
    [InlineData(0.3, 0.45)]
    [InlineData(7.5, 120.25)]
    [InlineData(300, 0.001)]
    public void LogGammaDifference_OfAnyStep_EqualsDifferenceOfFunctions(double z, double d)
    {
        Near.Absolute(SpecialFunctions.GammaLn(z + d) - SpecialFunctions.GammaLn(z), LogGamma.Difference(z, d), 2e-12);
        Near.Absolute(SpecialFunctions.DiGamma(z + d) - SpecialFunctions.DiGamma(z), LogGamma.DerivativeDifference(z, d), 1e-13);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.999)]
    [InlineData(1e-9)]
    [InlineData(-3)]
    [InlineData(-400)]
    [InlineData(-1e6)]
    public void HypergeometricOfUnitNumerator_EqualsElementaryFunctions(double z)
    {
        Near.Relative(-SpecialFunctions.Log1p(-z) / z, Hypergeometric.UnitNumerator(1, 2, z), 1e-13);
        var root = Math.Sqrt(Math.Abs(z));
        var half = z < 0 ? Math.Atan(root) / root : Math.Atanh(root) / root;
        Near.Relative(half, Hypergeometric.UnitNumerator(0.5, 1.5, z), 1e-13);
    }

    [Fact]
    public void HypergeometricOfUnitNumerator_FourAtOnce_EqualsOneByOne()
    {
        var z = Vector256.Create(-0.1, -1, -30, -2000);
        var four = Hypergeometric.UnitNumerator(0.8, 5.2, z, -2000);
        for (var i = 0; i < 4; i++)
        {
            Near.Relative(Hypergeometric.UnitNumerator(0.8, 5.2, z[i]), four[i], 1e-14);
        }
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(1e5)]
    public void ScaledExponentialIntegral_EqualsKnownOrders(double z)
    {
        // e^z E₁ by the integral's own continued fraction (Lentz), e^z E₂ = 1 - z e^z E₁, e^z E_½ = √(π/z) e^z erfc(√z).
        var first = 0.0;
        for (var n = 3000; n >= 1; n--)
        {
            first = n * (double)n / (z + (2 * n) + 1 - first);
        }

        first = 1 / (z + 1 - first);
        if (z >= 0.1)
        {
            Near.Relative(first, ExponentialIntegral.Scaled(1, z), 1e-12);
            Near.Relative(1 - (z * first), ExponentialIntegral.Scaled(2, z), 1e-7);
        }

        if (z <= 30)
        {
            Near.Relative(Math.Sqrt(Math.PI / z) * Math.Exp(z) * SpecialFunctions.Erfc(Math.Sqrt(z)), ExponentialIntegral.Scaled(0.5, z), 1e-11);
        }
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(-1e-9)]
    [InlineData(0.0724)]
    [InlineData(-0.3)]
    [InlineData(5)]
    [InlineData(-40)]
    public void ExpMinusOne_EqualsHyperbolicSine(double x)
    {
        var expected = 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);
        Near.Relative(expected, ExpMinusOne.Of(x), 1e-15);
        Near.Relative(expected, ExpMinusOne.Of(Vector256.Create(x)).ToScalar(), 2e-15);
    }

    [Fact]
    public void ExpMinusOne_FarOut_IsItsLimit()
    {
        Assert.Equal(double.PositiveInfinity, ExpMinusOne.Of(800));
        Assert.Equal(-1, ExpMinusOne.Of(-800));
    }

    [Fact]
    public void ScaledExponentialIntegral_OfOrder1At1_IsTheTabulatedValue() =>
        Near.Relative(Math.E * 0.21938393439552027, ExponentialIntegral.Scaled(1, 1), 1e-13);
}
