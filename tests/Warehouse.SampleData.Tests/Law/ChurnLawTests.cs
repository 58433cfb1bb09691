namespace Warehouse.SampleData.Tests.Law;

/// <summary>The best possible churn probabilities against what happened.</summary>
public sealed class ChurnLawTests
{
    private static readonly SampleFolder s_sample = SampleFolder.CommittedOrders;

    [Theory]
    [InlineData("best")]
    [InlineData("hidden")]
    public void Probabilities_InEachTenth_HappenAsOftenAsTheySay(string column)
    {
        // One as-of date: across dates the same customers come again.
        var rows = s_sample.Rows($$"""
            SELECT floor({{column}} * 10), sum((NOT has_bought)::INTEGER)::DOUBLE, sum({{column}}::DOUBLE), sqrt(sum({{column}} * (1 - {{column}}::DOUBLE)))
            FROM '{truth}/churn.parquet' WHERE as_of = '2026-04-01' AND {{column}} < 0.9999 GROUP BY ALL ORDER BY ALL
            """);
        Assert.All(rows, row => Significance.AssertNear((double)row[2], (double)row[1], (double)row[3], $"tenth {row[0]}"));
    }

    [Fact]
    public void Best_RanksBetterThanRecency_AndWorseThanTheHiddenState()
    {
        var best = Auc("best");
        Assert.InRange(best, Auc("recency") + 0.005, Auc("hidden") - 0.02);
        Assert.InRange(best, 0.80, 0.90);
    }

    [Fact]
    public void WhatHappened_IsInTheOrders()
    {
        // Faults take a few lines away from the orders that the truth counts.
        var differing = s_sample.Numbers("""
            WITH found AS (
                SELECT as_of, person_id, bool_or(ordered_at >= as_of AND ordered_at < as_of + INTERVAL 90 DAY) AS bought
                FROM '{truth}/churn.parquet' JOIN orders USING (person_id) WHERE as_of = '2025-10-01' GROUP BY ALL
            )
            SELECT count(*) FILTER (bought <> has_bought) / count(*) FROM '{truth}/churn.parquet' JOIN found USING (as_of, person_id)
            """)[0];
        Assert.InRange(differing, 0, 0.002);
    }

    /// <summary>The share of pairs of a churner and a buyer that a score ranks rightly, ties counting half.</summary>
    private static double Auc(string score) => s_sample.Numbers($$"""
        WITH scored AS (
            SELECT NOT has_bought AS churned, best, hidden,
                   epoch(as_of::TIMESTAMP - max(ordered_at)) AS recency
            FROM '{truth}/churn.parquet' c JOIN orders ON orders.person_id = c.person_id AND ordered_at < as_of
            WHERE as_of = '2026-04-01' GROUP BY c.person_id, has_bought, best, hidden, as_of
        ),
        ranked AS (
            SELECT churned, rank() OVER (ORDER BY {{score}}) + (count(*) OVER (PARTITION BY {{score}}) - 1) / 2 AS place FROM scored
        )
        SELECT (sum(place) FILTER (churned) - count(*) FILTER (churned) * (count(*) FILTER (churned) + 1) / 2)
               / (count(*) FILTER (churned) * count(*) FILTER (NOT churned))
        FROM ranked
        """)[0];
}
