-- Grain: one row per customer scored: the probability, and whether the customer bought nothing within the horizon. Who was known
-- by another key then, and has been found to be somebody else since, bought what that person bought.
WITH bought AS (
    SELECT DISTINCT customer_key
    FROM star.fact_sale
    WHERE NOT is_return
      AND date_key >= $as_of
      AND date_key < $as_of + (SELECT horizon_days FROM ops.churn_model WHERE model = $model AND version = $version)
),
bought_then AS (
    SELECT customer_key FROM bought
    UNION
    SELECT identity.home_key FROM bought JOIN star.customer_identity AS identity USING (customer_key)
)
SELECT scored.probability, bought_then.customer_key IS NULL AS has_churned
FROM mart.churn_score AS scored
LEFT JOIN bought_then USING (customer_key)
WHERE scored.as_of = $as_of AND scored.model = $model AND scored.version = $version AND scored.generation = $generation
ORDER BY customer_key
