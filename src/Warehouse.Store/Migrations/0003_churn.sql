-- Churn: models and which of them scores, what was scored, the customers' snapshot, and alerts.
CREATE TABLE ops.churn_model (
    model           VARCHAR     NOT NULL,
    version         INTEGER     NOT NULL,
    as_of           DATE,
    horizon_days    INTEGER,
    generation      INTEGER     NOT NULL,
    definition_hash VARCHAR     NOT NULL,
    definition      VARCHAR     NOT NULL,
    learner         VARCHAR     NOT NULL,
    seed            INTEGER     NOT NULL,
    metrics         VARCHAR     NOT NULL,
    encoding        VARCHAR     NOT NULL,
    calibration     VARCHAR     NOT NULL,
    reference       VARCHAR     NOT NULL,
    artefact        VARCHAR     NOT NULL,
    sha256          VARCHAR     NOT NULL,
    trained_at      TIMESTAMPTZ NOT NULL,
    trained_by      VARCHAR     NOT NULL,
    PRIMARY KEY (model, version)
);

CREATE TABLE ops.churn_promotion (
    model      VARCHAR     NOT NULL,
    version    INTEGER     NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    decided_by VARCHAR     NOT NULL,
    action     VARCHAR     NOT NULL,
    reason     VARCHAR     NOT NULL
);

CREATE TABLE ops.churn_scoring (
    as_of      DATE        NOT NULL,
    model      VARCHAR     NOT NULL,
    version    INTEGER     NOT NULL,
    generation INTEGER     NOT NULL,
    customers  BIGINT      NOT NULL,
    mean       DOUBLE      NOT NULL,
    drift      VARCHAR     NOT NULL,
    scored_at  TIMESTAMPTZ NOT NULL
);

CREATE TABLE mart.customer_snapshot (
    as_of               DATE          NOT NULL,
    customer_key        INTEGER       NOT NULL,
    churn_model         VARCHAR,
    churn_version       INTEGER,
    churn_probability   DOUBLE,
    churn_score         DOUBLE,
    churn_band          VARCHAR,
    churn_expected_loss DECIMAL(18,4),
    churn_reasons       VARCHAR
);

CREATE TABLE quality.alert (
    raised_at   TIMESTAMPTZ NOT NULL,
    kind        VARCHAR     NOT NULL,
    subject     VARCHAR     NOT NULL,
    as_of       DATE,
    value       DOUBLE,
    limit_value DOUBLE,
    message     VARCHAR     NOT NULL
);
