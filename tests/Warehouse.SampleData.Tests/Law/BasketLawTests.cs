using System.Globalization;

namespace Warehouse.SampleData.Tests.Law;

/// <summary>The planted rules, counted in the baskets of the repository.</summary>
public sealed class BasketLawTests
{
    private static readonly SampleFolder s_sample = SampleFolder.CommittedOrders;

    [Fact]
    public void Rules_InTheBaskets_HaveTheirConfidenceAndBase()
    {
        var rules = s_sample.Rows("""
            SELECT rule, any_value(kind), list_sort(list(antecedent)), any_value(consequent), any_value(confidence), any_value(base),
                   product(antecedent_probability)
            FROM '{truth}/basket_rules.parquet' GROUP BY rule
            """);
        Assert.Equal(8, rules.Count);
        foreach (var rule in rules)
        {
            var antecedents = string.Join(", ", ((IEnumerable<string>)rule[2]).Select(sku => $"'{sku}'"));
            var count = ((IEnumerable<string>)rule[2]).Count();
            var season = rule[1] is "same_season" ? "month(ordered_at) >= 11" : "true";
            var row = s_sample.Rows($$"""
                WITH baskets AS (
                    SELECT count(DISTINCT sku) FILTER (sku IN ({{antecedents}})) = {{count}} AS has_all,
                           bool_or(sku = '{{rule[3]}}') AS has_consequent
                    FROM sold WHERE {{season}} GROUP BY order_id
                )
                SELECT count(*), count(*) FILTER (has_all), count(*) FILTER (has_all AND has_consequent),
                       count(*) FILTER (NOT has_all AND has_consequent)
                FROM baskets
                """)[0].Select(value => Convert.ToInt64(value, CultureInfo.InvariantCulture)).ToArray();
            var (baskets, all, both, only) = (row[0], row[1], row[2], row[3]);
            Significance.AssertShare((double)rule[6], all, baskets, $"{rule[0]}: support");
            Significance.AssertShare((double)rule[4], both, all, $"{rule[0]}: confidence");
            Significance.AssertShare((double)rule[5], only, baskets - all, $"{rule[0]}: base");
        }
    }

    [Fact]
    public void WhatIsUsedUp_IsSeldomBoughtBefore_AndMostlyOnceItIs()
    {
        var row = s_sample.Rows("""
            WITH habits AS (SELECT person_id, habit_sku, habit_days FROM '{truth}/customers.parquet' WHERE habit_sku IS NOT NULL),
            visits AS (
                SELECT person_id, habit_days, order_id, min(ordered_at) AS ordered_at, bool_or(sku = habit_sku) AS has_it
                FROM sold JOIN habits USING (person_id) GROUP BY ALL
            ),
            since AS (
                SELECT has_it, habit_days, ordered_at::DATE - (max(ordered_at) FILTER (has_it) OVER (
                    PARTITION BY person_id ORDER BY ordered_at, order_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))::DATE AS days
                FROM visits
            )
            SELECT avg(has_it::INTEGER) FILTER (days < habit_days), avg(has_it::INTEGER) FILTER (days >= habit_days) FROM since
            """)[0];
        Assert.InRange((double)row[0], 0.03, 0.09);
        Assert.InRange((double)row[1], 0.80, 0.92);
    }
}
