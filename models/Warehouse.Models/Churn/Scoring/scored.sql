-- Grain: one row per customer scored: what goes into the snapshot.
CREATE OR REPLACE TEMP TABLE churn_scored (
    customer_key INTEGER,
    probability  DOUBLE,
    score        DOUBLE,
    band         VARCHAR,
    value        DOUBLE,
    reasons      VARCHAR
)
