-- Grain: one row per customer scored: the probability, and whether the customer bought nothing within the horizon.
WITH bought AS (
    SELECT DISTINCT customer_key
    FROM star.fact_sale
    WHERE NOT is_return
      AND date_key >= $as_of
      AND date_key < $as_of + (SELECT horizon_days FROM ops.churn_model WHERE model = $model AND version = $version)
)
SELECT snapshot.churn_probability, bought.customer_key IS NULL AS has_churned
FROM mart.customer_snapshot AS snapshot
LEFT JOIN bought ON bought.customer_key = snapshot.customer_key
WHERE snapshot.as_of = $as_of AND snapshot.churn_model = $model AND snapshot.churn_version = $version
ORDER BY snapshot.customer_key
