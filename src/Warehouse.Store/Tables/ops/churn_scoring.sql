-- Grain: one row per date and churn model that customers were scored with.
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
