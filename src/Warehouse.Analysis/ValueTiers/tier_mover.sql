-- Grain: one row per customer who moved from the one tier to the other; no tier where he was not in the population.
-- Parameters: $tier_before, $tier_after (numbers of tiers, or NULL).
SELECT
    coalesce(after.customer_key, before.customer_key) AS customer_key,
    coalesce(customer.customer_id, '(unknown)') AS customer_id,
    coalesce(before.value, 0) AS value_before,
    coalesce(after.value, 0) AS value_after
FROM temp.customer_tier_before AS before
FULL JOIN temp.customer_tier AS after ON after.customer_key = before.customer_key
LEFT JOIN star.dim_customer AS customer ON customer.customer_key = coalesce(after.customer_key, before.customer_key) AND customer.is_current
WHERE before.tier IS NOT DISTINCT FROM CAST($tier_before AS INTEGER) AND after.tier IS NOT DISTINCT FROM CAST($tier_after AS INTEGER)
ORDER BY customer_key
