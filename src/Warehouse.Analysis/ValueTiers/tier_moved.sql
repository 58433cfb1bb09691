-- Grain: one row per pair of tiers that a customer had at the two dates; NULL where he was not in the population.
SELECT
    before.tier AS tier_before,
    after.tier AS tier_after,
    count(*) AS customers,
    coalesce(sum(before.value), 0) AS value_before,
    coalesce(sum(after.value), 0) AS value_after
FROM temp.customer_tier_before AS before
FULL JOIN temp.customer_tier AS after ON after.customer_key = before.customer_key
GROUP BY before.tier, after.tier
ORDER BY before.tier NULLS LAST, after.tier NULLS LAST
