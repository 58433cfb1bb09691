-- Grain: one row per value that a condition of a segment can ask for, with how many have it: customers, or products, contacts, statements.
-- Of conditions with very many values the most frequent are given.
WITH customer AS (
    SELECT country, region, city, postcode_area, gender, language, occupation, acquisition_channel
    FROM star.dim_customer
    WHERE is_current AND NOT is_test AND customer_key <> -1
),
product AS (
    SELECT category, subcategory, brand FROM star.dim_product WHERE is_current AND product_key <> -1
),
value AS (
    SELECT name, value FROM customer UNPIVOT (value FOR name IN (country, region, city, postcode_area, gender, language, occupation, acquisition_channel))
    UNION ALL
    SELECT 'lifecycle_stage', lifecycle_stage FROM mart.customer_snapshot WHERE as_of = (SELECT max(as_of) FROM mart.customer_snapshot)
    UNION ALL
    SELECT 'bought.' || name, value FROM product UNPIVOT (value FOR name IN (category, subcategory, brand))
    UNION ALL
    SELECT 'bought.channel', channel FROM star.dim_channel WHERE channel_key <> -1
    UNION ALL
    SELECT 'contacted.topic', topic FROM star.dim_reason WHERE reason_key <> -1
    UNION ALL
    SELECT 'consent', channel FROM star.customer_consent
    UNION ALL
    SELECT 'campaign.name', campaign_id FROM star.dim_campaign WHERE campaign_key <> -1
)
SELECT name, value, count(*)
FROM value
WHERE value IS NOT NULL
GROUP BY name, value
QUALIFY row_number() OVER (PARTITION BY name ORDER BY count(*) DESC, value) <= $most
ORDER BY name, count(*) DESC, value
