using Warehouse.Analysis.Populations;

namespace Warehouse.Analysis.ValueTiers;

/// <summary>How value is spread over customers.</summary>
/// <param name="Generation">The generation of the warehouse that it came from.</param>
/// <param name="AsOf">The date that it is given for.</param>
/// <param name="Definition">SHA-256, in hexadecimal, of the options but the date, and of the SQL.</param>
/// <param name="Words">The definition in words.</param>
/// <param name="Population">The customers, and what is left out.</param>
/// <param name="Concentration">How uneven the spread is; null where the population has no value above zero.</param>
/// <param name="Tiers">The tiers, the best first, also those without a customer; none where there is no value above zero.</param>
/// <param name="Notes">What a reader should know before using the numbers.</param>
public sealed record TierResult(
    int Generation,
    AsOf AsOf,
    string Definition,
    string Words,
    Population Population,
    Concentration? Concentration,
    IReadOnlyList<Tier> Tiers,
    IReadOnlyList<string> Notes);

/// <summary>The customers of a tier.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Customers">How many.</param>
/// <param name="CustomerShare">Their part of the population, 0 to 1.</param>
/// <param name="Value">Their value.</param>
/// <param name="ValueShare">Their part of the value.</param>
/// <param name="Revenue">Their net amounts.</param>
/// <param name="Least">The least value among them; null where there is none.</param>
/// <param name="Most">The most.</param>
/// <param name="Average">The mean; null where there is no customer.</param>
public sealed record Tier(
    string Name,
    long Customers,
    decimal CustomerShare,
    decimal Value,
    decimal ValueShare,
    decimal Revenue,
    decimal? Least,
    decimal? Most,
    decimal? Average);

/// <summary>The tier of one customer.</summary>
/// <param name="CustomerKey">The key of the person.</param>
/// <param name="CustomerId">The identifier by which people of the company know the customer.</param>
/// <param name="Value">The value by the measure asked for.</param>
/// <param name="Revenue">The net amounts.</param>
/// <param name="Tier">The name of the tier.</param>
public sealed record TierCustomer(int CustomerKey, string CustomerId, decimal Value, decimal Revenue, string Tier);
