-- Grain: one row per customer with a purchase, in the order of the keys. x repeat purchases, t_x and T in weeks from the first
-- purchase. Where all purchases are of one instant they are one.
SELECT
    customer_key,
    CASE WHEN last_at = first_at THEN 0 ELSE orders - 1 END AS x,
    (epoch(last_at) - epoch(first_at)) / 604800 AS t_x,
    (epoch($ends_at) - epoch(first_at)) / 604800 AS age,
    CASE WHEN last_at > first_at AND repeat_amount > 0 THEN repeat_amount / (orders - 1) END AS mean_spend
FROM temp.customer_activity
WHERE orders > 0 AND epoch($ends_at) > epoch(first_at)
ORDER BY customer_key
