using Warehouse.Analysis.ValueTiers;

namespace Warehouse.Verbs.Output;

/// <summary>Value tiers as a table, and the 80/20 question in sentences.</summary>
internal static class TierAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("tier", "VARCHAR"),
        new("customers", "BIGINT", null, ColumnFormat.Count),
        new("customer_share", "DECIMAL(38,6)", "of customers", ColumnFormat.Share),
        new("value", "DECIMAL(38,4)", null, ColumnFormat.Money),
        new("value_share", "DECIMAL(38,6)", "of value", ColumnFormat.Share),
        new("average", "DECIMAL(38,4)", "value each", ColumnFormat.Money),
        new("least", "DECIMAL(38,4)", "from", ColumnFormat.Money),
        new("most", "DECIMAL(38,4)", "to", ColumnFormat.Money),
    ];

    public static Answer Of(TierResult result) => new(
        result.Generation,
        result.AsOf.Date,
        result.Definition,
        Columns,
        [
            .. result.Tiers.Select(tier => new object?[]
            {
                tier.Name, tier.Customers, decimal.Round(tier.CustomerShare, 6), tier.Value, decimal.Round(tier.ValueShare, 6),
                tier.Average is { } average ? decimal.Round(average, 4) : null, tier.Least, tier.Most,
            }),
        ])
    {
        Words = result.Words,
    };

    private static readonly AnswerColumn[] MoveColumns =
    [
        new("tier_before", "VARCHAR", "from"),
        new("tier_after", "VARCHAR", "to"),
        new("customers", "BIGINT", null, ColumnFormat.Count),
        new("value_before", "DECIMAL(38,4)", "value before", ColumnFormat.Money),
        new("value_after", "DECIMAL(38,4)", "value after", ColumnFormat.Money),
    ];

    private static readonly AnswerColumn[] CustomerColumns =
    [
        new("customer_key", "INTEGER"),
        new("customer_id", "VARCHAR"),
        new("value", "DECIMAL(38,4)", null, ColumnFormat.Money),
        new("revenue", "DECIMAL(38,4)", null, ColumnFormat.Money),
        new("tier", "VARCHAR"),
    ];

    private static readonly AnswerColumn[] MoverColumns =
    [
        new("customer_key", "INTEGER"),
        new("customer_id", "VARCHAR"),
        new("value_before", "DECIMAL(38,4)", "value before", ColumnFormat.Money),
        new("value_after", "DECIMAL(38,4)", "value after", ColumnFormat.Money),
        new("tier_before", "VARCHAR", "from"),
        new("tier_after", "VARCHAR", "to"),
    ];

    public static Answer Of(TierStability moved) => new(
        moved.After.Generation,
        moved.After.AsOf.Date,
        moved.After.Definition,
        MoveColumns,
        [.. moved.Moves.Select(move => new object?[] { move.From, move.To, move.Customers, move.ValueBefore, move.ValueAfter })])
    {
        Words = moved.After.Words,
    };

    public static async Task<Answer> CustomersAsync(CustomerTiers tiers, string? tier, CancellationToken stop)
    {
        var rows = new List<object?[]>();
        await foreach (var customer in tiers.CustomersAsync(stop).Where(customer => tier is null || customer.Tier == tier))
        {
            rows.Add([customer.CustomerKey, customer.CustomerId, customer.Value, customer.Revenue, customer.Tier]);
        }

        return new Answer(tiers.Result.Generation, tiers.Result.AsOf.Date, tiers.Result.Definition, CustomerColumns, rows) { Words = tiers.Result.Words };
    }

    public static Answer CustomersOf(TierMovers movers) => new(
        movers.After.Generation,
        movers.After.AsOf.Date,
        movers.After.Definition,
        MoverColumns,
        [.. movers.Customers.Select(one => new object?[] { one.CustomerKey, one.CustomerId, one.ValueBefore, one.ValueAfter, movers.From, movers.To })])
    {
        Words = movers.After.Words,
    };

    /// <summary>Who left the best tier, and what that cost.</summary>
    public static string Sentence(TierStability moved) => moved.StayedShare is { } stayed
        ? FormattableString.Invariant($"{moved.Left:#,##0} customers left the best tier ({stayed:0.0 %} stayed): their value is {moved.Cost:#,##0.00} less than it was.")
        : "The best tier had no customer at the earlier date.";

    public static string Sentences(Concentration spread)
    {
        var customary = string.Join(", ", Concentration.Customary.Select(ratio => FormattableString.Invariant($"{ratio.Trade} {ratio.BestToRest:0}:1")));
        var rest = spread.BestToRest is { } ratio ? FormattableString.Invariant($", and {ratio:0.0}:1 against the rest") : "";
        return FormattableString.Invariant(
            $"""
            The best 20 % ({spread.BestFifth:#,##0} customers) hold {spread.BestFifthShare:0.0 %} of the value; {spread.MakingMostShare:0.0 %} of the customers make 80 %. Gini {spread.Gini:0.000}.
            A customer of the best 20 % is worth {spread.BestToAverage:0.0} average customers{rest} (customary: {customary}).
            """);
    }
}
