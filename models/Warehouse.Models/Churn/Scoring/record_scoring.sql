-- Records that customers were scored.
INSERT INTO ops.churn_scoring (as_of, model, version, generation, customers, mean, drift, scored_at)
VALUES ($as_of, $model, $version, $generation, $customers, $mean, $drift, $scored_at)
