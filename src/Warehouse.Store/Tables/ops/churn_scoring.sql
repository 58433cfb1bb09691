-- Grain: one row per scoring of customers: date, churn model, version, and the generation of the data where the same version was asked
-- again of data that had changed. Rows are added, never changed; the scores are in mart.churn_score.
CREATE TABLE ops.churn_scoring (
    as_of      DATE        NOT NULL,
    model      VARCHAR     NOT NULL,
    version    INTEGER     NOT NULL,
    generation INTEGER     NOT NULL,  -- of the data scored
    customers  BIGINT      NOT NULL,
    mean       DOUBLE      NOT NULL,  -- of the probabilities
    drift      VARCHAR     NOT NULL,  -- JSON: population stability index of features and scores
    scored_at  TIMESTAMPTZ NOT NULL
);
