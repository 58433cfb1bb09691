-- Grain: one row per stored date until the date, the latest first.
SELECT
    as_of, recency_score, frequency_score, monetary_score, rfm_segment, value_tier, lifecycle_stage,
    expected_purchases, lifetime_value, churn_probability
FROM mart.customer_snapshot
WHERE customer_key = $key AND as_of <= $as_of
ORDER BY as_of DESC
