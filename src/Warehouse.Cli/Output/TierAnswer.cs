using Warehouse.Analysis.ValueTiers;

namespace Warehouse.Cli.Output;

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
        ]);

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
