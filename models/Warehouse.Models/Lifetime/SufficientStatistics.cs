using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime;

/// <summary>
/// What the likelihood of a continuous-time model depends on: the distinct (x, t_x, T) cells with the number of
/// customers in each, in ascending order. The order of the rows given leaves no trace in it.
/// </summary>
public sealed class SufficientStatistics
{
    private const int SampleCells = 16_384;

    private SufficientStatistics(CellTable cells)
    {
        Table = cells;
        for (var i = 0; i < cells.Count; i++)
        {
            Customers += (long)cells.Customers[i];
            TotalAge += cells.Customers[i] * cells.Second[i];
        }

        for (var run = 0; run < cells.X.Length; run++)
        {
            TotalFrequency += cells.CustomersOfRun[run] * cells.X[run];
        }
    }

    /// <summary>Customers in all cells.</summary>
    public long Customers { get; }

    /// <summary>Distinct cells.</summary>
    public int Cells => Table.Count;

    /// <summary>Rows (x, t_x, T).</summary>
    internal CellTable Table { get; }

    internal double TotalFrequency { get; }

    internal double TotalAge { get; }

    internal double MeanAge => TotalAge / Customers;

    /// <summary>Repeat purchases per customer and time.</summary>
    internal double MeanRate => TotalFrequency / TotalAge;

    /// <summary>Checks columns as a query or a file gives them, and counts equal rows once.</summary>
    /// <param name="frequency">x of each row.</param>
    /// <param name="recency">t_x of each row.</param>
    /// <param name="age">T of each row.</param>
    /// <param name="customers">Customers of each row, from 0; empty: one each.</param>
    /// <exception cref="LifetimeDataException">A row cannot be (see <see cref="PurchaseHistory"/>); the message names it.</exception>
    public static SufficientStatistics Of(
        ReadOnlySpan<double> frequency,
        ReadOnlySpan<double> recency,
        ReadOnlySpan<double> age,
        ReadOnlySpan<long> customers = default)
    {
        Columns.RequireEqualLengths(frequency.Length, recency.Length, age.Length, customers);
        var x = new int[frequency.Length];
        for (var i = 0; i < x.Length; i++)
        {
            if (PurchaseHistory.Fault(frequency[i], recency[i], age[i]) is { } expected)
            {
                throw new LifetimeDataException(i + 1, PurchaseHistory.Describe(frequency[i], recency[i], age[i]), expected);
            }

            x[i] = (int)frequency[i];
        }

        Columns.RequireCounts(customers);
        return new SufficientStatistics(CellTable.Of(x, recency.ToArray(), age.ToArray(), customers));
    }

    /// <summary>Counts equal histories once.</summary>
    public static SufficientStatistics Of(ReadOnlySpan<PurchaseHistory> histories)
    {
        var x = new int[histories.Length];
        var recency = new double[histories.Length];
        var age = new double[histories.Length];
        for (var i = 0; i < histories.Length; i++)
        {
            (x[i], recency[i], age[i]) = (histories[i].Frequency, histories[i].Recency, histories[i].Age);
        }

        return new SufficientStatistics(CellTable.Of(x, recency, age, customers: []));
    }

    /// <summary>A sample of the cells where there are many times as many; else null.</summary>
    internal SufficientStatistics? Sample => Cells > 4 * SampleCells ? new SufficientStatistics(Table.Sample(SampleCells)) : null;

    internal LifetimeFit Fit(LifetimeModelKind kind, Func<ParallelOptions, LogLikelihood> likelihood, ParallelOptions? parallel)
    {
        parallel ??= new ParallelOptions();
        return Shortcoming() is { } reason
            ? LifetimeFit.OfTooLittle(kind, reason, Customers, Cells)
            : MaximumLikelihood.Fit(kind, likelihood(parallel), Customers, Cells, parallel.CancellationToken);
    }

    /// <summary>Why no model of purchases and dropout can be fitted; null if one can.</summary>
    private string? Shortcoming() => this switch
    {
        { Customers: 0 } => "There are no customers.",
        { Customers: 1 } => "There is one customer; how customers differ cannot be seen in one.",
        { TotalFrequency: 0 } => "No customer has a repeat purchase; neither the rate of purchase nor dropout can be seen.",
        { Cells: 1 } => "All customers have the same x, t_x and T; how they differ cannot be estimated.",
        _ => null,
    };
}
