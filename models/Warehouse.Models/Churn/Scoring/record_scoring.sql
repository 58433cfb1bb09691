-- Records that customers were scored; the same date and version once.
INSERT INTO ops.churn_scoring (as_of, model, version, generation, customers, mean, drift, scored_at)
SELECT $as_of, $model, $version, $generation, $customers, $mean, $drift, $scored_at
WHERE NOT EXISTS (FROM ops.churn_scoring WHERE as_of = $as_of AND model = $model AND version = $version)
