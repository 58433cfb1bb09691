-- Grain: one row per as-of date whose customers are stored in mart.customer_snapshot, by the last run.
CREATE TABLE mart.snapshot (
    as_of            DATE        NOT NULL,
    definition       VARCHAR     NOT NULL,  -- SHA-256 of what it was computed by
    has_hindsight    BOOLEAN     NOT NULL,  -- whether facts count that were recorded after the date
    facts_generation INTEGER     NOT NULL,  -- the last load that it could see
    generation       INTEGER     NOT NULL,  -- the generation that published it
    customers        BIGINT      NOT NULL,
    lifetime_model   VARCHAR,               -- NULL where no model gave estimates
    computed_at      TIMESTAMPTZ NOT NULL
);
