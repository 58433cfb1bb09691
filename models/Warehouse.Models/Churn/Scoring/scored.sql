-- Grain: one row per customer scored: what is kept of them.
CREATE OR REPLACE TEMP TABLE churn_scored (
    customer_key INTEGER,
    probability  DOUBLE,
    score        DOUBLE,
    band         VARCHAR,
    value        DOUBLE,
    reasons      VARCHAR
)
