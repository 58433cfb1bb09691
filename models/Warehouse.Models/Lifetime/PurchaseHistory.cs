using System.Globalization;
using System.Runtime.InteropServices;

namespace Warehouse.Models.Lifetime;

/// <summary>
/// All that the continuous-time models need to know of one customer: (x, t_x, T), counted from his first purchase.
/// The time unit is the caller's (weeks, days), the same everywhere.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PurchaseHistory
{
    private const double LargestFrequency = 1e9;

    /// <summary>Checks and makes a history.</summary>
    /// <param name="frequency">x: repeat purchases, the first purchase not counted.</param>
    /// <param name="recency">t_x: when the last of them was, counted from the first purchase; 0 if and only if x = 0.</param>
    /// <param name="age">T: time from the first purchase to the end of observation.</param>
    /// <exception cref="LifetimeDataException">Not 0 ≤ t_x ≤ T, T &gt; 0, x = 0 if and only if t_x = 0.</exception>
    public PurchaseHistory(int frequency, double recency, double age)
    {
        if (Fault(frequency, recency, age) is { } expected)
        {
            throw new LifetimeDataException(row: null, Describe(frequency, recency, age), expected);
        }

        (Frequency, Recency, Age) = (frequency, recency, age);
    }

    /// <summary>x: repeat purchases, the first purchase not counted.</summary>
    public int Frequency { get; }

    /// <summary>
    /// t_x: when the last repeat purchase was, counted from the first purchase (not back from today); 0 without one.
    /// </summary>
    public double Recency { get; }

    /// <summary>T: time from the first purchase to the end of observation.</summary>
    public double Age { get; }

    /// <summary>What is expected of a history and not so of this one; null when nothing is wrong.</summary>
    internal static string? Fault(double frequency, double recency, double age) =>
        !double.IsFinite(frequency) || !double.IsFinite(recency) || !double.IsFinite(age)
            ? "finite numbers"
        : frequency < 0 || frequency != Math.Floor(frequency) || frequency > LargestFrequency
            ? "x, the number of repeat purchases, to be a whole number from 0 to 1,000,000,000"
        : age <= 0
            ? "T, the time since the first purchase, to be above 0"
        : recency < 0 || recency > age
            ? "t_x, the time from the first to the last purchase, to be from 0 to T"
        : frequency == 0 && recency != 0
            ? "t_x = 0 where x = 0: without a repeat purchase the last purchase is the first"
        : frequency != 0 && recency == 0
            ? "t_x above 0 where x is: a repeat purchase comes after the first"
        : null;

    internal static string Describe(double frequency, double recency, double age) =>
        string.Create(CultureInfo.InvariantCulture, $"x = {frequency}, t_x = {recency}, T = {age}");
}
