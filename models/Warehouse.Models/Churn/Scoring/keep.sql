-- Keeps the scores of temp.churn_scored beside all others.
INSERT INTO mart.churn_score (as_of, model, version, generation, customer_key, probability, score, band, expected_loss, reasons)
SELECT $as_of, $model, $version, $generation, customer_key, probability, score, band, CAST(probability * value AS DECIMAL(18,4)), reasons
FROM temp.churn_scored
ORDER BY customer_key
