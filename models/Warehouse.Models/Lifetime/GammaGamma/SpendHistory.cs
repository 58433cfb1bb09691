using System.Globalization;
using System.Runtime.InteropServices;

namespace Warehouse.Models.Lifetime.GammaGamma;

/// <summary>What Gamma-Gamma needs to know of one customer: (x, m), his purchases and their mean spend.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SpendHistory
{
    /// <summary>No purchase whose spend is known: a customer like any other.</summary>
    public static readonly SpendHistory Unknown;

    /// <summary>Checks and makes a history.</summary>
    /// <param name="purchases">x: purchases averaged over, from 1. Customarily repeat purchases only.</param>
    /// <param name="meanSpend">m: mean spend per purchase, above 0.</param>
    /// <exception cref="LifetimeDataException">Not x ≥ 1, m &gt; 0.</exception>
    public SpendHistory(int purchases, double meanSpend)
    {
        if (Fault(purchases, meanSpend) is { } expected)
        {
            throw new LifetimeDataException(row: null, Describe(purchases, meanSpend), expected);
        }

        (Purchases, MeanSpend) = (purchases, meanSpend);
    }

    /// <summary>x: purchases averaged over; 0 only of <see cref="Unknown"/>.</summary>
    public int Purchases { get; }

    /// <summary>m: mean spend per purchase.</summary>
    public double MeanSpend { get; }

    /// <summary>What is expected of a history and not so of this one; null when nothing is wrong.</summary>
    internal static string? Fault(double purchases, double meanSpend) =>
        !double.IsFinite(purchases) || !double.IsFinite(meanSpend)
            ? "finite numbers"
        : purchases < 1 || purchases != Math.Floor(purchases) || purchases > int.MaxValue
            ? "x, the number of purchases averaged over, to be a whole number from 1 (leave out customers without a repeat purchase)"
        : meanSpend <= 0
            ? "the mean spend to be above 0 (leave out free purchases and net returns)"
        : null;

    internal static string Describe(double purchases, double meanSpend) =>
        string.Create(CultureInfo.InvariantCulture, $"x = {purchases}, mean spend = {meanSpend}");
}
