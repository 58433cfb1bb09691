using Warehouse.Analysis.Populations;

namespace Warehouse.Analysis.Lifecycle;

/// <summary>How many customers are in which stage of their life.</summary>
/// <param name="Generation">The generation of the warehouse that it came from.</param>
/// <param name="AsOf">The date that it is given for.</param>
/// <param name="Definition">SHA-256, in hexadecimal, of the rules and the SQL.</param>
/// <param name="Words">The definition in words.</param>
/// <param name="Customers">Everybody known on the date: the stages add up to it.</param>
/// <param name="Stages">Every stage of the map in its order, also those without a customer.</param>
/// <param name="Notes">What a reader should know before using the numbers.</param>
public sealed record LifecycleResult(
    int Generation,
    AsOf AsOf,
    string Definition,
    string Words,
    long Customers,
    IReadOnlyList<StageCount> Stages,
    IReadOnlyList<string> Notes);

/// <summary>The customers of a stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Customers">How many.</param>
/// <param name="Share">Their part of all, 0 to 1; null where there is nobody.</param>
/// <param name="Orders">Their purchases so far.</param>
/// <param name="MeanOverdue">Mean of their time since the last purchase in units of their rhythm; null where nobody bought.</param>
public sealed record StageCount(LifecycleStage Stage, long Customers, decimal? Share, long Orders, double? MeanOverdue);

/// <summary>A customer in his stage.</summary>
/// <param name="CustomerKey">The key of the person.</param>
/// <param name="CustomerId">The identifier by which people of the company know the customer.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Reason">What put him there.</param>
public sealed record StagedCustomer(int CustomerKey, string CustomerId, string Stage, StageReason Reason);

/// <summary>Those who moved from one stage to another between two dates.</summary>
/// <param name="After">The stages at the later date.</param>
/// <param name="Customers">The customers, with their stage and its reason at the later date.</param>
public sealed record StageMovers(LifecycleResult After, IReadOnlyList<StagedCustomer> Customers);

/// <summary>Who changed stage between two dates.</summary>
/// <param name="Before">The stages at the earlier date.</param>
/// <param name="After">The stages at the later date.</param>
/// <param name="Moves">Every pair of stages that somebody had, stayers too: together they are everybody known at either date.</param>
public sealed record StageTransitions(LifecycleResult Before, LifecycleResult After, IReadOnlyList<StageMove> Moves);

/// <summary>The customers with one stage at the earlier date and one at the later.</summary>
/// <param name="From">The earlier stage; null where they were not known yet.</param>
/// <param name="To">The later stage; null where they are no longer known.</param>
/// <param name="Customers">How many.</param>
public sealed record StageMove(string? From, string? To, long Customers);
