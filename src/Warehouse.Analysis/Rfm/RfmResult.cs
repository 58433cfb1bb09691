using Warehouse.Analysis.Populations;

namespace Warehouse.Analysis.Rfm;

/// <summary>What RFM says of a population.</summary>
/// <param name="Generation">The generation of the warehouse that it came from.</param>
/// <param name="AsOf">The date that it is given for.</param>
/// <param name="Definition">SHA-256, in hexadecimal, of the options but the date, the segment map and the SQL.</param>
/// <param name="Words">The definition in words.</param>
/// <param name="Population">The customers, and what is left out.</param>
/// <param name="Recency">The scores of recency, in days from the last purchase to the as-of date.</param>
/// <param name="Frequency">The scores of frequency, in orders with at least one line that is no return.</param>
/// <param name="Monetary">The scores of monetary value, in the reporting currency.</param>
/// <param name="Cells">The cells that have a customer, by their scores.</param>
/// <param name="Segments">Every segment of the map in its order, also those without a customer; none where there is no map.</param>
/// <param name="Notes">What a reader should know before using the numbers.</param>
public sealed record RfmResult(
    int Generation,
    AsOf AsOf,
    string Definition,
    string Words,
    Population Population,
    ScoreScale Recency,
    ScoreScale Frequency,
    ScoreScale Monetary,
    IReadOnlyList<RfmCell> Cells,
    IReadOnlyList<RfmSegment> Segments,
    IReadOnlyList<string> Notes);

/// <summary>The customers with the same three scores.</summary>
/// <param name="Recency">The score of recency.</param>
/// <param name="Frequency">The score of frequency.</param>
/// <param name="Monetary">The score of monetary value.</param>
/// <param name="Segment">The name of the cell; null where there is no map.</param>
/// <param name="Sums">Their sums.</param>
public sealed record RfmCell(int Recency, int Frequency, int Monetary, string? Segment, RfmSums Sums);

/// <summary>The customers of a segment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it means in words; null where the map does not say.</param>
/// <param name="Sums">Their sums.</param>
/// <param name="CustomerShare">Their part of the population, 0 to 1; null where it is empty.</param>
/// <param name="RevenueShare">Their part of its revenue; null where that is not above zero.</param>
/// <param name="CombinedScore">The mean of their combined scores; null where there is no customer.</param>
public sealed record RfmSegment(
    string Name, string? Meaning, RfmSums Sums, decimal? CustomerShare, decimal? RevenueShare, decimal? CombinedScore);

/// <summary>Sums over customers, and their means.</summary>
/// <param name="Customers">How many.</param>
/// <param name="Revenue">Net amounts.</param>
/// <param name="Monetary">Value by the measure asked for.</param>
/// <param name="RecencyDays">Days since the last purchase, added up.</param>
/// <param name="Orders">Orders.</param>
public sealed record RfmSums(long Customers, decimal Revenue, decimal Monetary, long RecencyDays, long Orders)
{
    /// <summary>Mean days since the last purchase; null without customers.</summary>
    public decimal? AverageRecencyDays => Customers == 0 ? null : (decimal)RecencyDays / Customers;

    /// <summary>Mean orders; null without customers.</summary>
    public decimal? AverageFrequency => Customers == 0 ? null : (decimal)Orders / Customers;

    /// <summary>Mean value; null without customers.</summary>
    public decimal? AverageMonetary => Customers == 0 ? null : Monetary / Customers;

    internal static RfmSums Of(IEnumerable<RfmSums> parts) => parts.Aggregate(
        new RfmSums(0, 0, 0, 0, 0),
        (sum, part) => new RfmSums(
            sum.Customers + part.Customers,
            sum.Revenue + part.Revenue,
            sum.Monetary + part.Monetary,
            sum.RecencyDays + part.RecencyDays,
            sum.Orders + part.Orders));
}
