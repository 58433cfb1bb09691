using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Analysis.Rfm;

/// <summary>The edges between the scores of one run, rising from score 1: in days before the as-of date, in orders, in value.</summary>
/// <param name="Recency">The most days that score better; falling.</param>
/// <param name="Frequency">Orders that must be exceeded; rising.</param>
/// <param name="Monetary">Value that must be exceeded; rising.</param>
internal sealed record ScoreEdges(IReadOnlyList<int> Recency, IReadOnlyList<long> Frequency, IReadOnlyList<decimal> Monetary)
{
    private const long FractionUnits = 1_000_000_000_000;

    /// <summary>Takes the fixed edges of the options, and the others at quantiles of <c>temp.customer_sales</c>.</summary>
    public static async Task<ScoreEdges> FindAsync(DbConnection connection, RfmOptions options, CancellationToken cancellationToken)
    {
        var asOf = options.Population.AsOf.Date;
        var quantiles = (await connection.RowsAsync(
            SqlFile.Read(typeof(ScoreEdges), "Rfm/edges.sql"), row => Read(row, asOf), cancellationToken, ("fractions", Fractions(options.Bins))))[0];
        return new ScoreEdges(
            options.RecencyEdges ?? quantiles.Recency,
            options.FrequencyEdges is { } orders ? [.. orders.Select(edge => (long)edge)] : quantiles.Frequency,
            options.MonetaryEdges ?? quantiles.Monetary);
    }

    /// <summary>The dates that a last purchase must come after to be within the edges of recency.</summary>
    public DateOnly[] PurchasedAfter(DateOnly asOf) =>
        [.. Recency.Select(days => DateOnly.FromDayNumber(Math.Max(0, asOf.DayNumber - days - 1)))];

    /// <summary>What the next score takes of a customer whose last purchase was so many days ago.</summary>
    public ScoreStep? NextRecency(int days)
    {
        var passed = Recency.Count(edge => days <= edge);
        return passed == Recency.Count || Recency[passed] < 0
            ? null
            : new ScoreStep(1 + Recency.Count(edge => Recency[passed] <= edge), Recency[passed], days - Recency[passed]);
    }

    /// <summary>What the next score takes of a customer with so many orders.</summary>
    public ScoreStep? NextFrequency(long orders)
    {
        var passed = Frequency.Count(edge => orders > edge);
        if (passed == Frequency.Count)
        {
            return null;
        }

        var least = Frequency[passed] + 1;
        return new ScoreStep(1 + Frequency.Count(edge => least > edge), least, least - orders);
    }

    /// <summary>What the next score takes of a customer of this value.</summary>
    public ScoreStep? NextMonetary(decimal value)
    {
        var passed = Monetary.Count(edge => value > edge);
        return passed == Monetary.Count
            ? null
            : new ScoreStep(1 + Monetary.Count(edge => edge <= Monetary[passed]), Monetary[passed], Monetary[passed] - value);
    }

    /// <summary>k / bins for k from 1, cut to twelve places: for fewer than 10^11 customers, number ceil(n * k / bins) stays the same.</summary>
    private static decimal[] Fractions(int bins) =>
        [.. Enumerable.Range(1, bins - 1).Select(k => k * FractionUnits / bins * (1m / FractionUnits))];

    private static ScoreEdges Read(DbDataReader row, DateOnly asOf) => row.IsDBNull(0)
        ? new ScoreEdges([], [], [])
        : new ScoreEdges(
            [.. row.GetFieldValue<List<DateOnly>>(0).Select(date => asOf.DayNumber - date.DayNumber - 1)],
            row.GetFieldValue<List<long>>(1),
            row.GetFieldValue<List<decimal>>(2));
}
