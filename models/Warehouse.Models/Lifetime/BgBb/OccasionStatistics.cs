using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.BgBb;

/// <summary>The distinct (x, t_x, n) cells of customers at discrete occasions, with the number of customers in each.</summary>
public sealed class OccasionStatistics
{
    private OccasionStatistics(IReadOnlyList<(OccasionHistory History, long Customers)> cells)
    {
        CountedHistories = cells;
        Customers = cells.Sum(cell => cell.Customers);
    }

    /// <summary>Customers in all cells.</summary>
    public long Customers { get; }

    /// <summary>Distinct cells.</summary>
    public int Cells => CountedHistories.Count;

    internal IReadOnlyList<(OccasionHistory History, long Customers)> CountedHistories { get; }

    /// <summary>Checks columns as a query or a file gives them, and counts equal rows once.</summary>
    /// <param name="frequency">x of each row.</param>
    /// <param name="recency">t_x of each row.</param>
    /// <param name="occasions">n of each row.</param>
    /// <param name="customers">Customers of each row, from 0; empty: one each.</param>
    /// <exception cref="LifetimeDataException">A row cannot be (see <see cref="OccasionHistory"/>); the message names it.</exception>
    public static OccasionStatistics Of(
        ReadOnlySpan<double> frequency,
        ReadOnlySpan<double> recency,
        ReadOnlySpan<double> occasions,
        ReadOnlySpan<long> customers = default)
    {
        Columns.RequireEqualLengths(frequency.Length, recency.Length, occasions.Length, customers);
        Columns.RequireCounts(customers);
        var counts = new Dictionary<OccasionHistory, long>();
        for (var i = 0; i < frequency.Length; i++)
        {
            if (OccasionHistory.Fault(frequency[i], recency[i], occasions[i]) is { } expected)
            {
                throw new LifetimeDataException(i + 1, OccasionHistory.Describe(frequency[i], recency[i], occasions[i]), expected);
            }

            var history = new OccasionHistory((int)frequency[i], (int)recency[i], (int)occasions[i]);
            counts[history] = counts.GetValueOrDefault(history) + (customers.IsEmpty ? 1 : customers[i]);
        }

        return new OccasionStatistics(
        [
            .. counts.Where(cell => cell.Value > 0)
                .OrderBy(cell => cell.Key.Frequency)
                .ThenBy(cell => cell.Key.Recency)
                .ThenBy(cell => cell.Key.Occasions)
                .Select(cell => (cell.Key, cell.Value)),
        ]);
    }

    /// <summary>Why no model can be fitted; null if one can.</summary>
    internal string? Shortcoming() => this switch
    {
        { Customers: 0 } => "There are no customers.",
        { Customers: 1 } => "There is one customer; how customers differ cannot be seen in one.",
        _ when CountedHistories.All(cell => cell.History.Frequency == 0) =>
            "No customer has a repeat purchase; neither purchase nor dropout can be seen.",
        { Cells: 1 } => "All customers have the same x, t_x and n; how they differ cannot be estimated.",
        _ => null,
    };
}
