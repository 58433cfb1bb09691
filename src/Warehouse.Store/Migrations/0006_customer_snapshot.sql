-- What customers are as of a date: scores, tier, stage, rhythm and expectations beside the churn score; and which dates are stored.
ALTER TABLE mart.customer_snapshot ADD COLUMN first_purchase DATE;
ALTER TABLE mart.customer_snapshot ADD COLUMN recency_days INTEGER;
ALTER TABLE mart.customer_snapshot ADD COLUMN frequency BIGINT;
ALTER TABLE mart.customer_snapshot ADD COLUMN monetary DECIMAL(38,4);
ALTER TABLE mart.customer_snapshot ADD COLUMN recency_score TINYINT;
ALTER TABLE mart.customer_snapshot ADD COLUMN frequency_score TINYINT;
ALTER TABLE mart.customer_snapshot ADD COLUMN monetary_score TINYINT;
ALTER TABLE mart.customer_snapshot ADD COLUMN rfm_segment VARCHAR;
ALTER TABLE mart.customer_snapshot ADD COLUMN value_tier VARCHAR;
ALTER TABLE mart.customer_snapshot ADD COLUMN lifecycle_stage VARCHAR;
ALTER TABLE mart.customer_snapshot ADD COLUMN rhythm_days DOUBLE;
ALTER TABLE mart.customer_snapshot ADD COLUMN overdue DOUBLE;
ALTER TABLE mart.customer_snapshot ADD COLUMN spend_trend DOUBLE;
ALTER TABLE mart.customer_snapshot ADD COLUMN open_complaints INTEGER;
ALTER TABLE mart.customer_snapshot ADD COLUMN probability_alive DOUBLE;
ALTER TABLE mart.customer_snapshot ADD COLUMN expected_purchases DOUBLE;
ALTER TABLE mart.customer_snapshot ADD COLUMN expected_spend DOUBLE;
ALTER TABLE mart.customer_snapshot ADD COLUMN lifetime_value DOUBLE;

CREATE TABLE mart.snapshot (
    as_of            DATE        NOT NULL,
    definition       VARCHAR     NOT NULL,
    has_hindsight    BOOLEAN     NOT NULL,
    facts_generation INTEGER     NOT NULL,
    generation       INTEGER     NOT NULL,
    customers        BIGINT      NOT NULL,
    lifetime_model   VARCHAR,
    computed_at      TIMESTAMPTZ NOT NULL
);
