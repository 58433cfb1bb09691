namespace Warehouse.Testing;

/// <summary>A row of <c>star.fact_sale</c> as far as a test cares; the rest is unknown members and defaults.</summary>
/// <param name="CustomerKey">The person; -1 is the unknown customer.</param>
/// <param name="Date">The business date.</param>
/// <param name="OrderId">The order.</param>
/// <param name="NetAmount">The net amount; a return has a negative one.</param>
/// <param name="CostAmount">The cost, where it is known.</param>
/// <param name="IsReturn">Whether the line is a return.</param>
/// <param name="KnownAt">When it was recorded; noon of its date, UTC, by default.</param>
public sealed record Sale(
    int CustomerKey,
    DateOnly Date,
    string OrderId,
    decimal NetAmount,
    decimal? CostAmount = null,
    bool IsReturn = false,
    DateTimeOffset? KnownAt = null);
