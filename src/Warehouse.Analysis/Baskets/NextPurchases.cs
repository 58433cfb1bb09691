using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Analysis.Baskets;

/// <summary>When customers are likely to buy an item next: by category, or by product what is to be replenished.</summary>
public static class NextPurchases
{
    /// <summary>Days in which something is due, where nobody says otherwise.</summary>
    public const int UsualDays = 30;

    /// <summary>Fewer purchases make no rhythm of one's own.</summary>
    private const int FewestPurchases = 3;

    /// <summary>What is due, or has been for less than one of the customer's intervals; what is due nearest to the date, by his own measure, is first.</summary>
    /// <param name="baskets">The baskets.</param>
    /// <param name="withinDays">Due within so many days of the date.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="WrongCommandException">The days are negative.</exception>
    public static async Task<IReadOnlyList<DuePurchase>> DueAsync(
        CustomerBaskets baskets, int withinDays, int most, CancellationToken cancellationToken)
    {
        if (withinDays is < 0 or > 3660)
        {
            throw new WrongCommandException(FormattableString.Invariant($"Something is due within 0 to 3,660 days, not {withinDays}."));
        }

        await baskets.Connection.ExecuteAsync(
            CustomerBaskets.Sql("next_purchase"), cancellationToken, ("cut", baskets.Options.AsOf.Date));
        return await baskets.Connection.RowsAsync(
            CustomerBaskets.Sql("due"),
            row => new DuePurchase(
                row.GetInt32(0),
                row.GetString(1),
                new Item(row.GetString(2), row.TextOrNull(3)),
                row.GetInt64(4),
                row.GetFieldValue<DateOnly>(5),
                row.GetDouble(6),
                row.GetFieldValue<DateOnly>(7)),
            cancellationToken,
            ("as_of", baskets.Options.AsOf.Date),
            ("within_days", withinDays),
            ("least_purchases", FewestPurchases),
            ("most", most));
    }

    internal static async Task<DueEvaluation?> EvaluateAsync(CustomerBaskets baskets, DateOnly cut, CancellationToken cancellationToken)
    {
        await baskets.Connection.ExecuteAsync(CustomerBaskets.Sql("next_purchase"), cancellationToken, ("cut", cut));
        var counted = (await baskets.Connection.RowsAsync(
            CustomerBaskets.Sql("due_evaluation"),
            row => (Pairs: row.GetInt64(0), Bought: row.GetInt64(1), Due: row.GetInt64(2), DueAndBought: row.GetInt64(3)),
            cancellationToken,
            ("cut", cut),
            ("within_days", Math.Min(UsualDays, baskets.Options.AsOf.Date.DayNumber - cut.DayNumber)),
            ("least_purchases", FewestPurchases)))[0];
        return counted.Due == 0
            ? null
            : new DueEvaluation(counted.Pairs, counted.Due, (double)counted.DueAndBought / counted.Due, (double)counted.Bought / counted.Pairs);
    }
}

/// <summary>Something that a customer is likely to buy next.</summary>
/// <param name="CustomerKey">The key of the person.</param>
/// <param name="CustomerId">The identifier by which people of the company know the customer.</param>
/// <param name="Item">What.</param>
/// <param name="Purchases">Days on which he bought it.</param>
/// <param name="LastOn">The last of them.</param>
/// <param name="RhythmDays">Days between them, his own with one usual interval added.</param>
/// <param name="NextOn">When he is likely to buy it next.</param>
public sealed record DuePurchase(
    int CustomerKey, string CustomerId, Item Item, long Purchases, DateOnly LastOn, double RhythmDays, DateOnly NextOn);

/// <summary>How what was said to be due came true in the thirty days after the cut.</summary>
/// <param name="Pairs">Customers and items that they had bought on three days or more.</param>
/// <param name="Due">Those said to be due.</param>
/// <param name="HitRate">Part of these that were bought.</param>
/// <param name="BaseRate">Part of all that were bought.</param>
public sealed record DueEvaluation(long Pairs, long Due, double HitRate, double BaseRate);
