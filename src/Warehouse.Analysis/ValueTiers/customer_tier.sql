-- Grain: one row per customer of the population, where it has tiers.
CREATE OR REPLACE TEMP TABLE customer_tier AS
WITH placed AS (
    SELECT customer_key, value, revenue, tier_of(value, $with_zero_spenders, $has_tiers, $cuts) AS tier
    FROM temp.customer_sales
    WHERE standing = 'counted'
)
SELECT *, CAST($names AS VARCHAR[])[tier] AS name
FROM placed
WHERE tier IS NOT NULL;

DROP MACRO temp.tier_of;
DROP MACRO temp.outside;
