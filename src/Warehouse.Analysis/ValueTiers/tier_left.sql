-- Grain: one row per customer who left the best tier, the greatest loss of value first.
SELECT
    before.customer_key,
    coalesce(customer.customer_id, '(unknown)') AS customer_id,
    before.value AS value_before,
    coalesce(after.value, 0) AS value_after,
    after.tier AS tier_after
FROM temp.customer_tier_before AS before
LEFT JOIN temp.customer_tier AS after ON after.customer_key = before.customer_key
LEFT JOIN star.dim_customer AS customer ON customer.customer_key = before.customer_key AND customer.is_current
WHERE before.tier = 1 AND after.tier IS DISTINCT FROM 1
ORDER BY before.value - coalesce(after.value, 0) DESC, before.customer_key
LIMIT $most
