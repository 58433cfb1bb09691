using System.Runtime.CompilerServices;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>Checks of arguments.</summary>
internal static class Require
{
    /// <summary>A parameter: above 0 and finite.</summary>
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number above 0.");

    /// <summary>A duration: from 0 and finite.</summary>
    public static double TimeSpan(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Expected a finite time from 0.");
}
