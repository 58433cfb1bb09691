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
    churn_reasons       VARCHAR,                -- JSON: topics with words and contributions to the score, the largest first
    first_purchase      DATE,                   -- NULL: known, and not yet a customer
    recency_days        INTEGER,                -- days since the last purchase; 0 is the date itself
    frequency           BIGINT,                 -- orders; this and the next six are of the snapshot's window
    monetary            DECIMAL(38,4),          -- value, returns taken off
    recency_score       TINYINT,                -- 1 is the worst
    frequency_score     TINYINT,
    monetary_score      TINYINT,
    rfm_segment         VARCHAR,
    value_tier          VARCHAR,                -- NULL where the value is zero or less
    lifecycle_stage     VARCHAR,
    rhythm_days         DOUBLE,                 -- days between his purchases
    overdue             DOUBLE,                 -- days since the last purchase in units of the rhythm
    spend_trend         DOUBLE,                 -- spend of the last 182 days over that of the 182 before; NULL where not known
    open_complaints     INTEGER,                -- complaints of the last year that are not resolved
    probability_alive   DOUBLE,                 -- NULL without a repeat purchase, where it says nothing
    expected_purchases  DOUBLE,                 -- within a year
    expected_spend      DOUBLE,                 -- on each purchase
    lifetime_value      DOUBLE                  -- discounted, of all purchases to come
);
