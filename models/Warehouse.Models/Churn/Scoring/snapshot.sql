-- Shows a kept scoring in the snapshot of its date, in place of any other: what other analyses wrote of a customer there stays,
-- and so nothing changes when it is shown again.
UPDATE mart.customer_snapshot AS snapshot
SET churn_model = NULL, churn_version = NULL, churn_probability = NULL, churn_score = NULL,
    churn_band = NULL, churn_expected_loss = NULL, churn_reasons = NULL
WHERE as_of = $as_of
  AND churn_model IS NOT NULL
  AND customer_key NOT IN (
    SELECT customer_key FROM mart.churn_score
    WHERE as_of = $as_of AND model = $model AND version = $version AND generation = $generation);

DELETE FROM mart.customer_snapshot
WHERE as_of = $as_of AND churn_model IS NULL AND lifecycle_stage IS NULL;

-- Whoever was forgotten, or merged into another since, is shown in no snapshot.
MERGE INTO mart.customer_snapshot AS snapshot
USING (
    SELECT as_of, customer_key, model, version, probability, score, band, expected_loss, reasons
    FROM mart.churn_score
    WHERE as_of = $as_of AND model = $model AND version = $version AND generation = $generation
      AND customer_key NOT IN (SELECT customer_key FROM ops.forgotten_customer)
      AND customer_key NOT IN (SELECT customer_key FROM star.identity_history EXCEPT SELECT customer_key FROM star.customer_identity)
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
