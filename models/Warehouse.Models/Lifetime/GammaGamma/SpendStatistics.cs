using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.GammaGamma;

/// <summary>The distinct (x, mean spend) cells, with the number of customers in each, in ascending order.</summary>
public sealed class SpendStatistics
{
    private SpendStatistics(CellTable cells)
    {
        Table = cells;
        for (var i = 0; i < cells.Count; i++)
        {
            Customers += (long)cells.Customers[i];
            TotalMean += cells.Customers[i] * cells.First[i];
        }
    }

    /// <summary>Customers in all cells.</summary>
    public long Customers { get; }

    /// <summary>Distinct cells.</summary>
    public int Cells => Table.Count;

    /// <summary>Rows (x, mean spend, 0).</summary>
    internal CellTable Table { get; }

    internal double TotalMean { get; }

    /// <summary>Mean over customers of their mean spend.</summary>
    internal double Mean => TotalMean / Customers;

    /// <summary>Checks columns as a query or a file gives them, and counts equal rows once.</summary>
    /// <param name="purchases">x of each row.</param>
    /// <param name="meanSpend">Mean spend of each row.</param>
    /// <param name="customers">Customers of each row, from 0; empty: one each.</param>
    /// <exception cref="LifetimeDataException">A row cannot be (see <see cref="SpendHistory"/>); the message names it.</exception>
    public static SpendStatistics Of(
        ReadOnlySpan<double> purchases,
        ReadOnlySpan<double> meanSpend,
        ReadOnlySpan<long> customers = default)
    {
        Columns.RequireEqualLengths(purchases.Length, meanSpend.Length, purchases.Length, customers);
        Columns.RequireCounts(customers);
        var x = new int[purchases.Length];
        for (var i = 0; i < x.Length; i++)
        {
            if (SpendHistory.Fault(purchases[i], meanSpend[i]) is { } expected)
            {
                throw new LifetimeDataException(i + 1, SpendHistory.Describe(purchases[i], meanSpend[i]), expected);
            }

            x[i] = (int)purchases[i];
        }

        return new SpendStatistics(CellTable.Of(x, meanSpend.ToArray(), new double[x.Length], customers));
    }

    /// <summary>Why the model cannot be fitted; null if it can.</summary>
    internal string? Shortcoming() => this switch
    {
        { Customers: 0 } => "There are no customers with a repeat purchase.",
        { Customers: 1 } => "There is one customer; how customers differ cannot be seen in one.",
        _ when Table.First.All(mean => mean == Table.First[0]) =>
            "All customers have the same mean spend; how it varies cannot be estimated.",
        _ when Table.X is [1] =>
            "No customer has two purchases averaged; spread between customers cannot be told from spread within them.",
        _ => null,
    };
}
