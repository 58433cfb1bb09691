-- Grain: one row per kept scoring by a version of a model, the latest date first; drift is JSON.
SELECT as_of, generation, customers, mean, scored_at, drift
FROM ops.churn_scoring
WHERE model = $model AND version = $version
ORDER BY as_of DESC, generation DESC
