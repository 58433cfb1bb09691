-- Grain: one row per date and version of a model whose scores are in the snapshot and whose horizon has passed by the last sale.
SELECT DISTINCT snapshot.as_of, snapshot.churn_version, known.metrics
FROM mart.customer_snapshot AS snapshot
JOIN ops.churn_model AS known ON known.model = snapshot.churn_model AND known.version = snapshot.churn_version
WHERE snapshot.churn_model = $model
  AND snapshot.as_of + known.horizon_days <= (SELECT max(date_key) + 4 FROM star.fact_sale WHERE NOT is_return AND customer_key >= 0)
ORDER BY ALL
