-- Keeps the tiers of the earlier date beside those of the later one.
CREATE OR REPLACE TEMP TABLE customer_tier_before AS
SELECT customer_key, value, tier
FROM temp.customer_tier
