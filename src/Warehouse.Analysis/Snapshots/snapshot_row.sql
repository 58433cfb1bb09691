-- Grain: one row per person known on the as-of date: all that the analyses of the date say of him.
CREATE OR REPLACE TEMP TABLE snapshot_row AS
SELECT
    activity.customer_key,
    activity.first_on AS first_purchase,
    CAST(activity.recency_days AS INTEGER) AS recency_days,
    rfm.frequency,
    rfm.monetary,
    rfm.recency_score,
    rfm.frequency_score,
    rfm.monetary_score,
    rfm.segment AS rfm_segment,
    tier.name AS value_tier,
    stage.stage AS lifecycle_stage,
    activity.rhythm_days,
    activity.overdue,
    activity.trend AS spend_trend,
    CAST(activity.open_complaints AS INTEGER) AS open_complaints,
    lifetime.probability_alive,
    lifetime.expected_purchases,
    lifetime.expected_spend,
    lifetime.lifetime_value
FROM temp.customer_activity AS activity
JOIN temp.customer_stage AS stage ON stage.customer_key = activity.customer_key
LEFT JOIN temp.rfm_score AS rfm ON rfm.customer_key = activity.customer_key
LEFT JOIN temp.customer_tier AS tier ON tier.customer_key = activity.customer_key
LEFT JOIN temp.customer_lifetime AS lifetime ON lifetime.customer_key = activity.customer_key
