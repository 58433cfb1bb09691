-- Grain: one row per kept scoring of a model (date, version, generation) whose horizon has passed by the last sale.
SELECT scoring.as_of, scoring.version, scoring.generation, known.metrics
FROM ops.churn_scoring AS scoring
JOIN ops.churn_model AS known USING (model, version)
WHERE scoring.model = $model
  AND scoring.as_of + known.horizon_days <= (SELECT max(date_key) + 4 FROM star.fact_sale WHERE NOT is_return AND customer_key >= 0)
ORDER BY ALL
