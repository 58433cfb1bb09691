using System.Runtime.CompilerServices;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>Checks of arguments.</summary>
internal static class Require
{
    /// <summary>A parameter or a rate: above 0 and finite.</summary>
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number above 0.");

    /// <summary>A length of time or a rate: from 0 and finite.</summary>
    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number from 0.");
}
