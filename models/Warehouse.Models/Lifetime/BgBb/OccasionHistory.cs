using System.Globalization;
using System.Runtime.InteropServices;

namespace Warehouse.Models.Lifetime.BgBb;

/// <summary>
/// What BG/BB needs to know of one customer: (x, t_x, n), counted in occasions after his first purchase.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct OccasionHistory
{
    /// <summary>Checks and makes a history.</summary>
    /// <param name="frequency">x: occasions on which he bought, at most one purchase each.</param>
    /// <param name="recency">t_x: the last of them, counted from 1; 0 if and only if x = 0.</param>
    /// <param name="occasions">n: occasions there were.</param>
    /// <exception cref="LifetimeDataException">Not x ≤ t_x ≤ n, n ≥ 1, x = 0 if and only if t_x = 0.</exception>
    public OccasionHistory(int frequency, int recency, int occasions)
    {
        if (Fault(frequency, recency, occasions) is { } expected)
        {
            throw new LifetimeDataException(row: null, Describe(frequency, recency, occasions), expected);
        }

        (Frequency, Recency, Occasions) = (frequency, recency, occasions);
    }

    /// <summary>x: occasions on which he bought.</summary>
    public int Frequency { get; }

    /// <summary>t_x: the last occasion on which he bought, counted from 1; 0 without one.</summary>
    public int Recency { get; }

    /// <summary>n: occasions there were.</summary>
    public int Occasions { get; }

    /// <summary>What is expected of a history and not so of this one; null when nothing is wrong.</summary>
    internal static string? Fault(double frequency, double recency, double occasions) =>
        !IsWhole(frequency) || !IsWhole(recency) || !IsWhole(occasions)
            ? "x, t_x and n to be whole numbers from 0: occasions are counted"
        : occasions < 1
            ? "n, the number of occasions, to be at least 1"
        : recency > occasions
            ? "t_x, the last occasion with a purchase, to be at most n"
        : frequency > recency
            ? "x, the number of occasions with a purchase, to be at most t_x"
        : frequency == 0 && recency != 0
            ? "t_x = 0 where x = 0"
        : null;

    internal static string Describe(double frequency, double recency, double occasions) =>
        string.Create(CultureInfo.InvariantCulture, $"x = {frequency}, t_x = {recency}, n = {occasions}");

    private static bool IsWhole(double value) => value >= 0 && value <= int.MaxValue && value == Math.Floor(value);
}
