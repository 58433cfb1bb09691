using Warehouse.Charts;

namespace Warehouse.Analysis.Baskets;

/// <summary>What is bought together as a report.</summary>
public static class BasketCharts
{
    private const int MostShown = 200;

    /// <summary>The report.</summary>
    public static Report Of(BasketResult result) => new(
        "What is bought together",
        new ReportOrigin(result.AsOf.Date, result.Generation, result.Words, result.Definition),
        [
            new ScatterChart(
                "Rules",
                new Axis("support", ValueFormat.Share),
                new Axis("lift"),
                [.. result.Rules.Take(MostShown).Select(rule => new ScatterPoint(Name(rule), rule.Support, rule.Lift))])
            {
                Description = "How many times as often the last item is bought with the others as without knowing of them, over the part of all baskets that hold them all.",
            },
            ReportPart.Of(
                "Rules and their test",
                new ChartTable(
                    [
                        new("rule"), new("baskets", ValueFormat.Count), new("confidence", ValueFormat.Share), new("lift", ValueFormat.Number),
                        new("rate of false discoveries"),
                    ],
                    [
                        .. result.Rules.Take(MostShown).Select(rule => (IReadOnlyList<object?>)
                            [Name(rule), rule.Baskets, rule.Confidence, rule.Lift, FormattableString.Invariant($"{rule.QValue:0.0e+0}")]),
                    ])),
            new BarChart(
                "Items in most baskets",
                "item",
                new Axis("part of baskets", ValueFormat.Share),
                [.. Most(result).Select(set => set.Items[0].ToString())],
                [new BarSeries("part of baskets", [.. Most(result).Select(set => (double?)set.Support)])])
            {
                IsHorizontal = true,
            },
        ],
        result.Notes);

    private static IEnumerable<ItemSet> Most(BasketResult result) => result.Sets.Where(set => set.Items.Count == 1).Take(20);

    private static string Name(AssociationRule rule) => $"{string.Join(" + ", rule.If)} → {rule.Then}";
}
