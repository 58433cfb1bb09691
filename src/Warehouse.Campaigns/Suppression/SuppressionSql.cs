using Warehouse.DuckDb;

namespace Warehouse.Campaigns.Suppression;

/// <summary>Writes the SQL that leaves customers of <c>temp.campaign_candidate</c> out by the first rule that holds.</summary>
internal static class SuppressionSql
{
    /// <summary>
    /// A statement that makes <c>temp.campaign_choice</c>: the candidates with suppression and expected_profit.
    /// Its parameters are $lift, $margin (both NULL where not known), $cost, $by_profit and $most (customers).
    /// </summary>
    public static string Choose(IReadOnlyList<SuppressionRule> rules)
    {
        var quoted = new DuckDBCommandBuilder();
        var holding = rules.Where(rule => rule != SuppressionRule.BelowDepth)
            .Select(rule => $"WHEN candidate.{quoted.QuoteIdentifier(rule.Name)} THEN '{rule.Words}'");
        var depth = rules.Contains(SuppressionRule.BelowDepth)
            ? $"WHEN ($by_profit AND expected_profit <= 0) OR place > $most THEN '{SuppressionRule.BelowDepth.Words}'"
            : "WHEN $by_profit AND $most < 0 THEN NULL";
        return $"""
            CREATE OR REPLACE TEMP TABLE campaign_choice AS
            WITH asked AS (
                SELECT
                    candidate.*, chance.has_bought, chance.spent,
                    CAST($lift * chance.chance * chance.basket * $margin - $cost AS DECIMAL(18,4)) AS expected_profit,
                    CASE {string.Join(' ', holding)} END AS asked_suppression
                FROM temp.campaign_candidate AS candidate
                JOIN temp.purchase_chance AS chance ON chance.customer_key = candidate.customer_key
            ),
            ranked AS (
                SELECT *, row_number() OVER (
                    PARTITION BY asked_suppression IS NULL ORDER BY expected_profit DESC NULLS LAST, value DESC, customer_id, customer_key) AS place
                FROM asked
            )
            SELECT
                * EXCLUDE (asked_suppression, place),
                CASE WHEN asked_suppression IS NOT NULL THEN asked_suppression {depth} END AS suppression
            FROM ranked
            """;
    }
}
