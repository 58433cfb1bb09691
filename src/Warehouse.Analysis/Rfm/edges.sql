-- Grain: one row. The inner edges of the scores at the quantiles asked for: of n customers in rising order, the value of
-- number ceil(n * fraction) (definition 1 of Hyndman and Fan 1996). Counting is exact, because the fractions are decimals.
SELECT
    quantile_disc(last_purchase, CAST($fractions AS DECIMAL(18,12)[])) AS last_purchase,
    quantile_disc(orders, CAST($fractions AS DECIMAL(18,12)[])) AS orders,
    quantile_disc(value, CAST($fractions AS DECIMAL(18,12)[])) AS value
FROM temp.customer_sales
WHERE standing = 'counted'
