using Warehouse.Analysis.Populations;

namespace Warehouse.Analysis.Cohorts;

/// <summary>What became of the customers of each cohort.</summary>
/// <param name="Generation">The generation of the warehouse that it came from.</param>
/// <param name="AsOf">The date that it is given for.</param>
/// <param name="Definition">SHA-256, in hexadecimal, of the options but the date, and of the SQL.</param>
/// <param name="Words">The definition in words.</param>
/// <param name="Cells">The cohorts in order, each with its ages from 0; ages whose period is not over for anybody are not there.</param>
/// <param name="Notes">What a reader should know before using the numbers.</param>
public sealed record CohortResult(
    int Generation, AsOf AsOf, string Definition, string Words, IReadOnlyList<CohortCell> Cells, IReadOnlyList<string> Notes);

/// <summary>A customer of a cohort.</summary>
/// <param name="CustomerKey">The key of the person.</param>
/// <param name="CustomerId">The identifier by which people know the customer.</param>
/// <param name="Cohort">The cohort.</param>
/// <param name="FirstOn">The first purchase.</param>
/// <param name="Orders">Orders by the date, or in the period of the age that was asked for.</param>
/// <param name="Revenue">Net amounts of them, returns taken off.</param>
public sealed record CohortCustomer(int CustomerKey, string CustomerId, string Cohort, DateOnly FirstOn, long Orders, decimal Revenue);

/// <summary>A cohort at an age.</summary>
/// <param name="Cohort">First day of the period of the first purchase, or the attribute's value.</param>
/// <param name="Age">Whole periods since that of the first purchase, which is 0.</param>
/// <param name="Customers">Those for whom the period is over on the date: at least one. All other numbers are of them.</param>
/// <param name="Active">Those with a purchase in the period.</param>
/// <param name="Repeaters">Those with a second purchase until its end.</param>
/// <param name="Orders">Orders in the period.</param>
/// <param name="Revenue">Net amounts in the period, returns taken off.</param>
/// <param name="Margin">Net amounts less costs in the period, of lines whose cost is known.</param>
/// <param name="RevenueUntil">Revenue from the first purchase to the period's end.</param>
/// <param name="MarginUntil">Margin from the first purchase to the period's end.</param>
public sealed record CohortCell(
    string Cohort,
    int Age,
    long Customers,
    long Active,
    long Repeaters,
    long Orders,
    decimal Revenue,
    decimal Margin,
    decimal RevenueUntil,
    decimal MarginUntil)
{
    /// <summary>Part of the customers with a purchase in the period, 0 to 1.</summary>
    public decimal Retention => (decimal)Active / Customers;

    /// <summary>Part of the customers with a second purchase until its end, 0 to 1.</summary>
    public decimal RepeatRate => (decimal)Repeaters / Customers;

    /// <summary>Cumulative revenue per customer.</summary>
    public decimal ValueEach => RevenueUntil / Customers;
}
