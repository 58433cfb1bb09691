-- Grain: one row per customer of temp.campaign_draw with an arm, as rows of star.fact_touch. A touch is named by the identifier
-- by which people of the company know the customer, so that what a feed tells of it later corrects it.
-- Parameters: $campaign_key, $date (the business date of $at), $at, $cost (of treating one), $generation.
INSERT INTO star.fact_touch BY NAME
WITH identity AS (
    SELECT
        identity.customer_key,
        coalesce(min(identity.identity_key) FILTER (identity.source_id = customer.customer_id), min(identity.identity_key)) AS identity_key
    FROM star.customer_identity AS identity
    JOIN star.dim_customer AS customer ON customer.customer_key = identity.customer_key AND customer.is_current
    GROUP BY identity.customer_key
)
SELECT
    (SELECT coalesce(max(key), -1) FROM (SELECT max(touch_key) AS key FROM star.fact_touch UNION ALL SELECT max(touch_key) FROM star.fact_touch_history))
        + row_number() OVER (ORDER BY draw.customer_key) AS touch_key,
    $campaign_key AS campaign_key,
    draw.customer_key,
    customer.customer_version_key,
    $date AS date_key,
    draw.arm,
    $at AS assigned_at,
    CASE WHEN draw.arm = 'control' THEN 0 ELSE $cost END AS cost_amount,
    $at AS known_at,
    $generation AS generation,
    -1 AS load_key,
    0 AS source_line,
    coalesce(identity.identity_key, -1) AS identity_key
FROM temp.campaign_draw AS draw
JOIN star.dim_customer AS customer ON customer.customer_key = draw.customer_key AND customer.is_current
LEFT JOIN identity ON identity.customer_key = draw.customer_key
WHERE draw.arm IS NOT NULL
