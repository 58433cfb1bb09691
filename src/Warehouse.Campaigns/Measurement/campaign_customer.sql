-- Grain: one row per customer who was drawn into a wave, whatever reached him (intention to treat), with what he did in
-- the wave's window [starts_on, ends_on) and what he had spent in the year before it, and whether anything reached him.
-- Who stands in both arms (two accounts found to be one person) has the arm 'both'.
-- Parameters: $campaign_key, $starts_on, $ends_on (exclusive), $known_before (an instant, exclusive).
WITH drawn AS (
    SELECT
        customer_key,
        CASE WHEN min(arm) = max(arm) THEN min(arm) ELSE 'both' END AS arm,
        count(coalesce(sent_at, delivered_at, opened_at, clicked_at, replied_at)) > 0 AS is_reached
    FROM star.fact_touch
    WHERE campaign_key = $campaign_key
      AND customer_key <> -1
      AND known_at < $known_before
    GROUP BY customer_key
),
sold AS (
    SELECT
        customer_key,
        count(*) FILTER (date_key >= $starts_on AND NOT is_return) AS lines,
        coalesce(sum(net_amount) FILTER (date_key >= $starts_on), 0) AS spend,
        coalesce(sum(net_amount - cost_amount) FILTER (date_key >= $starts_on), 0) AS margin,
        count(*) FILTER (date_key >= $starts_on AND is_return) AS returns,
        coalesce(sum(net_amount) FILTER (date_key < $starts_on), 0) AS spend_before
    FROM star.fact_sale
    WHERE customer_key IN (SELECT customer_key FROM drawn)
      AND date_key >= CAST($starts_on AS DATE) - INTERVAL 1 YEAR
      AND date_key < $ends_on
      AND known_at < $known_before
    GROUP BY customer_key
),
complained AS (
    SELECT customer_key, count(*) AS complaints
    FROM star.fact_contact
    WHERE customer_key IN (SELECT customer_key FROM drawn)
      AND is_complaint
      AND date_key >= $starts_on
      AND date_key < $ends_on
      AND known_at < $known_before
    GROUP BY customer_key
)
SELECT
    drawn.arm,
    CAST(coalesce(sold.lines, 0) > 0 AS INTEGER)::DOUBLE AS conversion,
    coalesce(sold.spend, 0)::DOUBLE AS spend,
    coalesce(sold.margin, 0)::DOUBLE AS margin,
    CAST(coalesce(sold.returns, 0) > 0 AS INTEGER)::DOUBLE AS returned,
    CAST(coalesce(complained.complaints, 0) > 0 AS INTEGER)::DOUBLE AS complained,
    coalesce(sold.spend_before, 0)::DOUBLE AS spend_before,
    drawn.is_reached
FROM drawn
LEFT JOIN sold ON sold.customer_key = drawn.customer_key
LEFT JOIN complained ON complained.customer_key = drawn.customer_key
ORDER BY drawn.customer_key
