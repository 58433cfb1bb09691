-- Grain: one row per value that a customer of the population has: customers of equal value are ranked together.
CREATE OR REPLACE TEMP TABLE value_rank AS
SELECT
    value,
    count(*) AS customers,
    CAST(sum(count(*)) OVER best_first AS BIGINT) - count(*) AS customers_above,
    sum(sum(value)) OVER best_first - sum(value) AS value_above
FROM temp.customer_sales
WHERE standing = 'counted' AND (value > 0 OR $with_zero_spenders)
GROUP BY value
WINDOW best_first AS (ORDER BY value DESC ROWS UNBOUNDED PRECEDING)
