-- Grain: one row per customer with a purchase before the cut, in the order of the keys: his history at the cut, in weeks,
-- and the purchases that followed until the as-of date.
WITH purchase AS (
    SELECT customer_key, order_id, min(ordered_at) AS bought_at
    FROM star.sale_version
    WHERE date_key <= $as_of
      AND known_at < $known_before
      AND known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
      AND NOT is_return
    GROUP BY customer_key, order_id
),
customer AS (
    SELECT
        customer_key,
        count(*) FILTER (bought_at < $cut) AS orders,
        min(bought_at) AS first_at,
        max(bought_at) FILTER (bought_at < $cut) AS last_at,
        count(*) FILTER (bought_at >= $cut) AS later_orders
    FROM purchase
    WHERE customer_key IN (SELECT customer_key FROM temp.customer_activity)
    GROUP BY customer_key
)
SELECT
    CASE WHEN last_at = first_at THEN 0 ELSE orders - 1 END AS x,
    (epoch(last_at) - epoch(first_at)) / 604800 AS t_x,
    (epoch($cut) - epoch(first_at)) / 604800 AS age,
    later_orders
FROM customer
WHERE first_at < $cut
ORDER BY customer_key
