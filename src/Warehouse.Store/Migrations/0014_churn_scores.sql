-- Every scoring is kept, and not only the last one of a date. What the snapshots hold is what is left of those before.
CREATE TABLE mart.churn_score (
    as_of         DATE          NOT NULL,
    model         VARCHAR       NOT NULL,
    version       INTEGER       NOT NULL,
    generation    INTEGER       NOT NULL,
    customer_key  INTEGER       NOT NULL,
    probability   DOUBLE        NOT NULL,
    score         DOUBLE        NOT NULL,
    band          VARCHAR       NOT NULL,
    expected_loss DECIMAL(18,4) NOT NULL,
    reasons       VARCHAR
);

INSERT INTO mart.churn_score BY NAME
SELECT
    snapshot.as_of,
    snapshot.churn_model AS model,
    snapshot.churn_version AS version,
    coalesce(scoring.generation, 0) AS generation,
    snapshot.customer_key,
    snapshot.churn_probability AS probability,
    snapshot.churn_score AS score,
    snapshot.churn_band AS band,
    coalesce(snapshot.churn_expected_loss, 0) AS expected_loss,
    snapshot.churn_reasons AS reasons
FROM mart.customer_snapshot AS snapshot
LEFT JOIN ops.churn_scoring AS scoring
    ON scoring.as_of = snapshot.as_of AND scoring.model = snapshot.churn_model AND scoring.version = snapshot.churn_version
WHERE snapshot.churn_model IS NOT NULL
ORDER BY snapshot.as_of, snapshot.customer_key;
