using System.Globalization;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime.ShiftedBetaGeometric;

/// <summary>How many contracts ended after t periods, and how many were still running when last seen after t periods.</summary>
public sealed class ContractStatistics
{
    private ContractStatistics(IReadOnlyList<(int Periods, bool Ended, long Contracts)> cells)
    {
        Counted = cells;
        Contracts = cells.Sum(cell => cell.Contracts);
    }

    /// <summary>Contracts in all.</summary>
    public long Contracts { get; }

    /// <summary>Distinct (periods, ended) cells.</summary>
    public int Cells => Counted.Count;

    internal IReadOnlyList<(int Periods, bool Ended, long Contracts)> Counted { get; }

    /// <summary>Checks columns as a query or a file gives them, and counts equal rows once. Contracts of all ages may be mixed.</summary>
    /// <param name="periods">
    /// Of an ended contract the period it ended in, from 1 (1: not renewed once); of a running one the renewals seen,
    /// from 0 (which say nothing and are left out).
    /// </param>
    /// <param name="ended">Whether it ended.</param>
    /// <param name="contracts">Contracts of each row, from 0; empty: one each.</param>
    /// <exception cref="LifetimeDataException">A row cannot be; the message names it.</exception>
    public static ContractStatistics Of(ReadOnlySpan<int> periods, ReadOnlySpan<bool> ended, ReadOnlySpan<long> contracts = default)
    {
        Columns.RequireEqualLengths(periods.Length, ended.Length, periods.Length, contracts);
        Columns.RequireCounts(contracts);
        var counts = new Dictionary<(int, bool), long>();
        for (var i = 0; i < periods.Length; i++)
        {
            if (periods[i] < (ended[i] ? 1 : 0))
            {
                throw new LifetimeDataException(
                    i + 1,
                    string.Create(CultureInfo.InvariantCulture, $"{periods[i]} periods of {(ended[i] ? "an ended" : "a running")} contract"),
                    ended[i] ? "the period it ended in, from 1" : "the renewals seen, from 0");
            }

            var cell = (periods[i], ended[i]);
            counts[cell] = counts.GetValueOrDefault(cell) + (contracts.IsEmpty ? 1 : contracts[i]);
        }

        return new ContractStatistics(
        [
            .. counts.Where(cell => cell.Value > 0 && cell.Key is not (0, false))
                .OrderBy(cell => cell.Key)
                .Select(cell => (cell.Key.Item1, cell.Key.Item2, cell.Value)),
        ]);
    }

    /// <summary>One cohort: how many contracts were running at the start and after each period.</summary>
    /// <param name="running">Falling (or level) from the first: 1000, 869, 743, …</param>
    /// <exception cref="LifetimeDataException">The numbers rise; the message names the place.</exception>
    public static ContractStatistics OfCohort(ReadOnlySpan<long> running)
    {
        var cells = new List<(int, bool, long)>();
        for (var t = 1; t < running.Length; t++)
        {
            if (running[t] > running[t - 1] || running[t] < 0)
            {
                throw new LifetimeDataException(
                    t + 1,
                    string.Create(CultureInfo.InvariantCulture, $"{running[t]} running contracts after {running[t - 1]}"),
                    "a number from 0 that does not rise: contracts only end");
            }

            if (running[t] < running[t - 1])
            {
                cells.Add((t, true, running[t - 1] - running[t]));
            }
        }

        if (running.Length > 1 && running[^1] > 0)
        {
            cells.Add((running.Length - 1, false, running[^1]));
        }

        return new ContractStatistics(cells);
    }

    /// <summary>Why the model cannot be fitted; null if it can.</summary>
    internal string? Shortcoming() => this switch
    {
        { Contracts: 0 } => "There are no contracts that have been up for renewal.",
        { Contracts: 1 } => "There is one contract; how contracts differ cannot be seen in one.",
        _ when Counted.All(cell => !cell.Ended) => "No contract has ended; the chance to end cannot be seen.",
        _ when Counted.All(cell => cell.Periods == 1) =>
            "No contract has been up for renewal twice; how contracts differ cannot be seen in one renewal.",
        _ => null,
    };
}
