using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.ControlGroups;
using Warehouse.Campaigns.Suppression;
using Warehouse.Store;
using static System.FormattableString;

namespace Warehouse.Campaigns.Plans;

/// <summary>
/// What treating the list is expected to bring: for each customer the expected rise of his chance to buy, times what he
/// spends on a purchase, times the margin, less the cost of a contact.
/// </summary>
/// <param name="Margin">The share of sales that is kept; null where neither the plan says it nor costs are known.</param>
/// <param name="ExpectedProfit">Of those treated together; null where the plan expects no rise or the margin is not known.</param>
/// <param name="Lowest">The least expected of one of the list.</param>
/// <param name="Cost">What treating costs.</param>
public sealed record ProfitDepth(decimal? Margin, decimal? ExpectedProfit, decimal? Lowest, decimal Cost)
{
    private const int CurveSteps = 50;

    /// <summary>
    /// What treating so many would bring, those of whom most is expected first: of all whom no other reason leaves out, those
    /// below the depth as well. Empty where nothing is expected.
    /// </summary>
    public IReadOnlyList<DepthPoint> Curve { get; init; } = [];

    /// <summary>What follows, as sentences.</summary>
    public IReadOnlyList<string> Words => this switch
    {
        { ExpectedProfit: { } profit, Lowest: { } lowest } =>
            [Invariant($"Treating costs {Cost:#,##0.00} and is expected to bring {profit:#,##0.00} beyond that, {lowest:#,##0.00} with the last customer of the list.")],
        { Margin: null } => ["How deep the list should go cannot be told: say \"margin\" in the objective, or load the costs of products."],
        _ => [Invariant($"Treating costs {Cost:#,##0.00}. What it brings is not expected: say \"expected_lift\" in the objective.")],
    };

    /// <summary>The margin of the sales whose cost is known, as of a date; null where none is.</summary>
    internal static async Task<decimal?> MarginAsync(DbConnection connection, AsOf asOf, CancellationToken cancellationToken) =>
        (await connection.RowsAsync(
            """
            SELECT CAST(greatest(0, sum(net_amount - cost_amount)::DOUBLE / nullif(sum(net_amount), 0)::DOUBLE) AS DECIMAL(9,6))
            FROM star.fact_sale
            WHERE cost_amount IS NOT NULL AND date_key <= $as_of AND known_at < $known_before
            """,
            row => row.ValueOrNull<decimal>(0),
            cancellationToken,
            ("as_of", asOf.Date),
            ("known_before", asOf.KnownBefore)))[0];

    internal static async Task<ProfitDepth> OfDrawAsync(DbConnection connection, CampaignPlan plan, decimal? margin, CancellationToken cancellationToken)
    {
        var curve = await connection.RowsAsync(
            $"""
            WITH ranked AS (
                SELECT
                    row_number() OVER best AS place,
                    sum(expected_profit) OVER best AS profit,
                    count(*) OVER () AS customers
                FROM temp.campaign_draw
                WHERE (suppression IS NULL OR suppression = '{SuppressionRule.BelowDepth.Words}') AND expected_profit IS NOT NULL
                WINDOW best AS (ORDER BY expected_profit DESC, customer_key ROWS UNBOUNDED PRECEDING)
            )
            SELECT place, profit::DECIMAL(38,4)
            FROM ranked
            WHERE place IN (1, customers) OR place % greatest(1, customers // {CurveSteps}) = 0
            ORDER BY place
            """,
            row => new DepthPoint(row.GetInt64(0), row.GetDecimal(1)),
            cancellationToken);
        var depth = await connection.RowsAsync(
            $"""
            SELECT sum(expected_profit) FILTER (arm <> '{ControlGroup.ControlArm}'), min(expected_profit), count(*) FILTER (arm <> '{ControlGroup.ControlArm}')
            FROM temp.campaign_draw
            WHERE arm IS NOT NULL
            """,
            row => new ProfitDepth(margin, row.ValueOrNull<decimal>(0), row.ValueOrNull<decimal>(1), row.GetInt64(2) * plan.CostPerContact),
            cancellationToken);
        return depth[0] with { Curve = curve };
    }
}

/// <summary>What treating a number of customers would bring.</summary>
/// <param name="Customers">How many, the best first.</param>
/// <param name="Profit">What is expected of them together, less the cost.</param>
public sealed record DepthPoint(long Customers, decimal Profit);
