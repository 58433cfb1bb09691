-- Grain: one row per customer with a purchase before the cut, in the order of the keys: his history at the cut, in weeks,
-- and the purchases that followed until the as-of date.
WITH customer AS (
    SELECT
        customer_key,
        count(*) FILTER (bought_at < $cut) - 1 AS x,
        min(bought_at) AS first_at,
        max(bought_at) FILTER (bought_at < $cut) AS last_at,
        count(*) FILTER (bought_at >= $cut) AS later_purchases
    FROM temp.purchase
    GROUP BY customer_key
)
SELECT
    x,
    (epoch(last_at) - epoch(first_at)) / 604800 AS t_x,
    (epoch($cut) - epoch(first_at)) / 604800 AS age,
    later_purchases
FROM customer
WHERE first_at < $cut
ORDER BY customer_key
