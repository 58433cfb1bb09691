-- Grain: one row: the scoring of a date that its snapshot shows: that of the promoted version, or, where it has not scored the
-- date, the last one of another. Of one version the last holds.
SELECT version, generation
FROM ops.churn_scoring AS scoring
WHERE as_of = $as_of
  AND model = $model
  AND (
    customers = 0
    OR (version, generation) IN (SELECT (version, generation) FROM mart.churn_score WHERE as_of = $as_of AND model = $model))
ORDER BY
    version IS NOT DISTINCT FROM (
        SELECT version FROM ops.churn_promotion
        WHERE model = $model AND action = 'promoted'
        ORDER BY decided_at DESC, rowid DESC LIMIT 1) DESC,
    scored_at DESC,
    generation DESC
LIMIT 1
