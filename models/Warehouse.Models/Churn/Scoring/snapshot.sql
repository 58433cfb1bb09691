-- Puts the scores of a date into the snapshot: what other analyses wrote of a customer there stays, and so nothing else changes
-- when the same date is scored again.
UPDATE mart.customer_snapshot AS snapshot
SET churn_model = NULL, churn_version = NULL, churn_probability = NULL, churn_score = NULL,
    churn_band = NULL, churn_expected_loss = NULL, churn_reasons = NULL
WHERE as_of = $as_of AND churn_model = $model AND customer_key NOT IN (SELECT customer_key FROM temp.churn_scored);

MERGE INTO mart.customer_snapshot AS snapshot
USING (
    SELECT
        CAST($as_of AS DATE) AS as_of,
        customer_key,
        CAST($model AS VARCHAR) AS model,
        CAST($version AS INTEGER) AS version,
        probability,
        score,
        band,
        CAST(probability * value AS DECIMAL(18,4)) AS expected_loss,
        reasons
    FROM temp.churn_scored
) AS scored
ON snapshot.as_of = scored.as_of AND snapshot.customer_key = scored.customer_key
WHEN MATCHED THEN UPDATE SET
    churn_model = scored.model,
    churn_version = scored.version,
    churn_probability = scored.probability,
    churn_score = scored.score,
    churn_band = scored.band,
    churn_expected_loss = scored.expected_loss,
    churn_reasons = scored.reasons
WHEN NOT MATCHED THEN INSERT
    (as_of, customer_key, churn_model, churn_version, churn_probability, churn_score, churn_band, churn_expected_loss, churn_reasons)
    VALUES (
        scored.as_of, scored.customer_key, scored.model, scored.version, scored.probability, scored.score, scored.band,
        scored.expected_loss, scored.reasons
    );
