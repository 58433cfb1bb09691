namespace Warehouse.Analysis.ValueTiers;

/// <summary>Who changed tier between two dates. Tiers are cut anew at each date; the window ends at each.</summary>
/// <param name="Before">The tiers at the earlier date.</param>
/// <param name="After">The tiers at the later date.</param>
/// <param name="Moves">Every pair of tiers that a customer had, stayers too: together they are all customers of both dates.</param>
/// <param name="StayedShare">The part of the best tier's customers who are still in it, 0 to 1; null where it had none.</param>
/// <param name="Left">How many left the best tier.</param>
/// <param name="Cost">What that cost: their value at the earlier date less their value at the later one.</param>
/// <param name="Leavers">Those who left, the greatest loss first, as many as were asked for.</param>
/// <param name="Notes">What a reader should know before using the numbers.</param>
public sealed record TierStability(
    TierResult Before,
    TierResult After,
    IReadOnlyList<TierMove> Moves,
    decimal? StayedShare,
    long Left,
    decimal Cost,
    IReadOnlyList<TierLeaver> Leavers,
    IReadOnlyList<string> Notes);

/// <summary>The customers with one tier at the earlier date and one at the later.</summary>
/// <param name="From">The earlier tier; null where they were not in the population.</param>
/// <param name="To">The later tier; null where they are not in the population.</param>
/// <param name="Customers">How many.</param>
/// <param name="ValueBefore">Their value at the earlier date.</param>
/// <param name="ValueAfter">Their value at the later date.</param>
public sealed record TierMove(string? From, string? To, long Customers, decimal ValueBefore, decimal ValueAfter);

/// <summary>A customer who left the best tier.</summary>
/// <param name="CustomerKey">The key of the person.</param>
/// <param name="CustomerId">The identifier by which people of the company know the customer.</param>
/// <param name="ValueBefore">The value at the earlier date.</param>
/// <param name="ValueAfter">The value at the later date; 0 where he is not in the population.</param>
/// <param name="To">The later tier; null where he is not in the population.</param>
public sealed record TierLeaver(int CustomerKey, string CustomerId, decimal ValueBefore, decimal ValueAfter, string? To);

/// <summary>Those who were in one tier at the earlier date, and are in one at the later.</summary>
/// <param name="After">The tiers at the later date.</param>
/// <param name="From">The earlier tier; null where they were not in the population.</param>
/// <param name="To">The later tier; null where they are not in the population.</param>
/// <param name="Customers">They, in the order of the keys.</param>
public sealed record TierMovers(TierResult After, string? From, string? To, IReadOnlyList<TierMover> Customers);

/// <summary>One of them.</summary>
/// <param name="CustomerKey">The key of the person.</param>
/// <param name="CustomerId">The identifier by which people of the company know the customer.</param>
/// <param name="ValueBefore">The value at the earlier date; 0 where he was not in the population.</param>
/// <param name="ValueAfter">The value at the later date; 0 where he is not in the population.</param>
public sealed record TierMover(int CustomerKey, string CustomerId, decimal ValueBefore, decimal ValueAfter);
