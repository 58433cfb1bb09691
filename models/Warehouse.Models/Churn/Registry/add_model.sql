-- Adds one trained model to the registry.
INSERT INTO ops.churn_model (
    model, version, as_of, horizon_days, generation, definition_hash, definition, learner, seed,
    metrics, encoding, calibration, reference, artefact, sha256, trained_at, trained_by
)
VALUES (
    $model, $version, $as_of, $horizon_days, $generation, $definition_hash, $definition, $learner, $seed,
    $metrics, $encoding, $calibration, $reference, $artefact, $sha256, $trained_at, $trained_by
)
