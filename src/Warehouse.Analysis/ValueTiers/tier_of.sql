-- The tier of a customer of the population by his value, NULL where he has none. Tier 1 is the best; a customer is a tier further
-- down for each cut that his value does not exceed.
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

CREATE OR REPLACE TEMP MACRO tier_of(value, with_zero_spenders, has_tiers, cuts) AS
    CASE WHEN has_tiers AND (value > 0 OR with_zero_spenders AND value IS NOT NULL) THEN 1::TINYINT + outside(value, CAST(cuts AS DECIMAL(38,4)[])) END
