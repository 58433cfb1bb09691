-- Grain: one row per customer of the population, where it has tiers. Tier 1 is the best; a customer is a tier further down
-- for each cut that his value does not exceed.
CREATE OR REPLACE TEMP MACRO outside(value, cuts) AS
    coalesce(value <= cuts[1], false)::TINYINT
    + coalesce(value <= cuts[2], false)::TINYINT
    + coalesce(value <= cuts[3], false)::TINYINT
    + coalesce(value <= cuts[4], false)::TINYINT
    + coalesce(value <= cuts[5], false)::TINYINT
    + coalesce(value <= cuts[6], false)::TINYINT
    + coalesce(value <= cuts[7], false)::TINYINT
    + coalesce(value <= cuts[8], false)::TINYINT
    + coalesce(value <= cuts[9], false)::TINYINT;

CREATE OR REPLACE TEMP TABLE customer_tier AS
WITH placed AS (
    SELECT customer_key, value, revenue, 1::TINYINT + outside(value, CAST($cuts AS DECIMAL(38,4)[])) AS tier
    FROM temp.customer_sales
    WHERE standing = 'counted' AND (value > 0 OR $with_zero_spenders) AND $has_tiers
)
SELECT *, CAST($names AS VARCHAR[])[tier] AS name
FROM placed;

DROP MACRO temp.outside;
