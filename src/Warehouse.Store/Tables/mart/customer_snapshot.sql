-- Grain: one row per customer and as-of date. What was computed of the customer as of the date, by the last run of each analysis.
CREATE TABLE mart.customer_snapshot (
    as_of               DATE          NOT NULL,
    customer_key        INTEGER       NOT NULL,
    churn_model         VARCHAR,
    churn_version       INTEGER,
    churn_probability   DOUBLE,                 -- of no purchase within the model's horizon
    churn_score         DOUBLE,                 -- raw score before calibration: what the reasons add up to
    churn_band          VARCHAR,                -- high, medium or low
    churn_expected_loss DECIMAL(18,4),          -- probability × purchases of the last 365 days
    churn_reasons       VARCHAR                 -- JSON: topics with words and contributions to the score, the largest first
);
