using System.Globalization;
using Warehouse.Charts;

namespace Warehouse.Analysis.ValueTiers;

/// <summary>The spread of value as a report: the Lorenz curve and the tiers.</summary>
public static class TierCharts
{
    /// <summary>What stands for the tier of those who are not in the population.</summary>
    public const string NoCustomer = "no customer";

    /// <summary>The report.</summary>
    public static Report Of(TierResult result) => new(
        "How value is spread over customers",
        new ReportOrigin(result.AsOf.Date, result.Generation, $"{result.Population.Customers.ToString("#,##0", CultureInfo.InvariantCulture)} customers. {result.Words}", result.Definition),
        [Lorenz(result.Concentration), Tiers(result), LeftOut(result)],
        result.Notes);

    /// <summary>Who changed tier between two dates.</summary>
    public static Report Of(TierStability moved) => new(
        "Moves between value tiers",
        new ReportOrigin(moved.After.AsOf.Date, moved.After.Generation, moved.After.Words, moved.After.Definition),
        [
            new FlowChart(
                "Who moved from which tier to which",
                FormattableString.Invariant($"{moved.Before.AsOf.Date:yyyy-MM-dd}"),
                FormattableString.Invariant($"{moved.After.AsOf.Date:yyyy-MM-dd}"),
                new Axis("customers", ValueFormat.Count),
                [.. moved.Moves.Select(move => new Flow(move.From ?? NoCustomer, move.To ?? NoCustomer, move.Customers))]),
            ReportPart.Of(
                "Who left the best tier",
                new ChartTable(
                    [new("customer"), new("to"), new("value before", ValueFormat.Money), new("value after", ValueFormat.Money)],
                    [.. moved.Leavers.Select(one => (IReadOnlyList<object?>)[one.CustomerId, one.To, one.ValueBefore, one.ValueAfter])]),
                FormattableString.Invariant($"{moved.Left:#,##0} left; their value is {moved.Cost:#,##0.00} less than it was.")),
        ],
        [$"Compared with {moved.Before.AsOf}.", .. moved.Notes]);

    private static LorenzChart Lorenz(Concentration? spread) => new(
        "Lorenz curve",
        "share of customers, the least valuable first",
        "share of value",
        [.. spread?.Lorenz.Select(point => ((double)point.CustomerShare, (double)point.ValueShare)) ?? []])
    {
        Description = spread is null
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The best 20 % ({spread.BestFifth:#,##0} customers) hold {spread.BestFifthShare:0.0 %} of the value; {spread.MakingMostShare:0.0 %} of the customers make 80 %. Gini's coefficient is {spread.Gini:0.000}."),
    };

    private static BarChart Tiers(TierResult result) => new(
        "Tiers",
        "tier",
        new Axis("share", ValueFormat.Share),
        [.. result.Tiers.Select(tier => tier.Name)],
        [
            new BarSeries("of customers", [.. result.Tiers.Select(tier => (double?)tier.CustomerShare)]),
            new BarSeries("of value", [.. result.Tiers.Select(tier => (double?)tier.ValueShare)]),
        ])
    {
        Description = "The part of all customers and of their value.",
    };

    private static ReportPart LeftOut(TierResult result) => ReportPart.Of(
        "What does not count",
        new ChartTable(
            [new("reason"), new("customers", ValueFormat.Count), new("revenue", ValueFormat.Money)],
            [.. result.Population.LeftOut.Select(part => (IReadOnlyList<object?>)[part.Reason, part.Customers, part.Revenue])]));
}
