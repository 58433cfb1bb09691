-- Grain: one row per customer known as of the date, test customers left out: attributes, scores and tier; what is not known is NULL.
-- Attributes are those that held at the date by what was told until then; a later word about an earlier time is not used.
-- Parameters: $ends_at (the first instant after the date), $known_before (an instant, exclusive), $as_of.
CREATE OR REPLACE TEMP TABLE segment_retold AS
SELECT DISTINCT identity.customer_key
FROM star.customer_record AS record
JOIN star.customer_identity AS identity USING (source, source_id)
WHERE record.known_at >= $known_before;

CREATE OR REPLACE TEMP TABLE segment_gathered AS
WITH snapshot AS (
    SELECT
        customer_key,
        arg_max(churn_band, as_of) AS churn_band,
        arg_max(churn_probability, as_of) AS churn_probability,
        arg_max(lifecycle_stage, as_of) AS lifecycle_stage
    FROM mart.customer_snapshot
    WHERE as_of <= $as_of
    GROUP BY customer_key
),
-- A channel with a bar in its name is asked of the statements themselves.
allowed AS (
    SELECT customer_key, '|' || string_agg(channel, '|') || '|' AS allows
    FROM star.permission_as_of($known_before - INTERVAL 1 MICROSECOND, stated_by := $ends_at - INTERVAL 1 MICROSECOND)
    WHERE purpose = 'marketing' AND is_granted AND NOT contains(channel, '|')
    GROUP BY customer_key
),
customer AS (
    SELECT customer_key, customer_id, country, region, city, postcode_area, gender, language, occupation, acquisition_channel, birth_year, registered_on, is_test, known_at
    FROM star.dim_customer
    WHERE valid_from < $ends_at AND valid_to >= $ends_at AND customer_key <> -1
      AND customer_key NOT IN (FROM temp.segment_retold)
    UNION ALL BY NAME
    SELECT customer_key, customer_id, country, region, city, postcode_area, gender, language, occupation, acquisition_channel, birth_year, registered_on, is_test, known_at
    FROM star.customer_version_of($known_before - INTERVAL 1 MICROSECOND, 'temp.segment_retold')
    WHERE valid_from < $ends_at AND valid_to >= $ends_at
    -- Of those retold whom nobody had described yet, facts may have told.
    UNION ALL BY NAME
    SELECT person.customer_key, person.customer_id, person.is_test, person.known_at
    FROM star.dim_customer AS person
    JOIN temp.rfm_score AS score ON score.customer_key = person.customer_key
    WHERE person.is_current
      AND person.customer_key IN (FROM temp.segment_retold)
      AND person.customer_key NOT IN (
          SELECT identity.customer_key
          FROM star.customer_record AS record
          JOIN star.customer_identity AS identity USING (source, source_id)
          WHERE record.known_at < $known_before)
)
SELECT
    customer.* EXCLUDE (is_test, known_at),
    score.recency_days, coalesce(score.frequency, 0) AS orders, coalesce(score.monetary, 0) AS value, coalesce(score.revenue, 0) AS revenue,
    score.recency_score, score.frequency_score, score.monetary_score, score.segment AS rfm_segment,
    tier.name AS tier,
    snapshot.churn_band, snapshot.churn_probability, snapshot.lifecycle_stage,
    allowed.allows,
    CAST(md5_number_lower(customer.customer_id) % 2147483647 AS INTEGER) AS draw
FROM customer
LEFT JOIN temp.rfm_score AS score ON score.customer_key = customer.customer_key
LEFT JOIN temp.customer_tier AS tier ON tier.customer_key = customer.customer_key
LEFT JOIN snapshot ON snapshot.customer_key = customer.customer_key
LEFT JOIN allowed ON allowed.customer_key = customer.customer_key
WHERE NOT customer.is_test
  AND (customer.known_at < $known_before OR score.customer_key IS NOT NULL
       OR customer.customer_key IN (SELECT customer_key FROM star.dim_customer WHERE known_at < $known_before))
