-- Grain: one row per thing that somebody should look at, found by a check of models or data.
CREATE TABLE quality.alert (
    raised_at   TIMESTAMPTZ NOT NULL,
    kind        VARCHAR     NOT NULL,  -- churn drift, churn backtest, …
    subject     VARCHAR     NOT NULL,  -- the model, feature or table that it is about
    as_of       DATE,
    value       DOUBLE,
    limit_value DOUBLE,
    message     VARCHAR     NOT NULL
);
