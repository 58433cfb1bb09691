-- Grain: one row per customer with a purchase, in the order of the keys. x repeat purchases, t_x and T in weeks from the first
-- purchase, and the mean spend of the repeat purchases.
WITH bought AS (
    SELECT
        customer_key,
        count(*) - 1 AS x,
        min(bought_at) AS first_at,
        max(bought_at) AS last_at,
        CAST(sum(amount) - arg_min(amount, bought_at) AS DOUBLE) AS repeat_amount
    FROM temp.purchase
    GROUP BY customer_key
)
SELECT
    bought.customer_key,
    x,
    (epoch(last_at) - epoch(first_at)) / 604800 AS t_x,
    (epoch($ends_at) - epoch(first_at)) / 604800 AS age,
    CASE WHEN x > 0 AND repeat_amount > 0 THEN repeat_amount / x END AS mean_spend,
    coalesce(customer.customer_id, '(unknown)') AS customer_id
FROM bought
LEFT JOIN star.dim_customer AS customer ON customer.customer_key = bought.customer_key AND customer.is_current
WHERE epoch($ends_at) > epoch(first_at)
ORDER BY bought.customer_key
