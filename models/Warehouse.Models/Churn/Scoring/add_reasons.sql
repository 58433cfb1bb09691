-- Adds reasons to a kept scoring that was made without them.
UPDATE mart.churn_score AS kept
SET reasons = scored.reasons
FROM temp.churn_scored AS scored
WHERE kept.as_of = $as_of AND kept.model = $model AND kept.version = $version AND kept.generation = $generation
  AND kept.customer_key = scored.customer_key
  AND kept.reasons IS NULL AND scored.reasons IS NOT NULL
