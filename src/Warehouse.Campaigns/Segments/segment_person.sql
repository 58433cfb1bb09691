-- Grain: one row per customer known as of the date, test customers left out: attributes, scores and tier; what is not known is NULL.
-- Parameters: $ends_at (the first instant after the date), $as_of.
CREATE OR REPLACE TEMP TABLE segment_person AS
WITH snapshot AS (
    SELECT
        customer_key,
        arg_max(churn_band, as_of) AS churn_band,
        arg_max(churn_probability, as_of) AS churn_probability,
        arg_max(lifecycle_stage, as_of) AS lifecycle_stage
    FROM mart.customer_snapshot
    WHERE as_of <= $as_of
    GROUP BY customer_key
)
SELECT
    customer.customer_key, customer.customer_id,
    customer.country, customer.region, customer.city, customer.postcode_area, customer.gender, customer.language,
    customer.occupation, customer.acquisition_channel, customer.birth_year, customer.registered_on,
    score.recency_days, coalesce(score.frequency, 0) AS orders, coalesce(score.monetary, 0) AS value, coalesce(score.revenue, 0) AS revenue,
    score.recency_score, score.frequency_score, score.monetary_score, score.segment AS rfm_segment,
    tier.name AS tier,
    snapshot.churn_band, snapshot.churn_probability, snapshot.lifecycle_stage
FROM star.dim_customer AS customer
LEFT JOIN temp.rfm_score AS score ON score.customer_key = customer.customer_key
LEFT JOIN temp.customer_tier AS tier ON tier.customer_key = customer.customer_key
LEFT JOIN snapshot ON snapshot.customer_key = customer.customer_key
WHERE customer.customer_key <> -1
  AND NOT customer.is_test
  AND customer.valid_from < $ends_at
  AND customer.valid_to >= $ends_at
