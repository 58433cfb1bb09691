-- Grain: one row per version of a contact or touch that adds up from several rows: which columns the version's own row told. What it
-- has beside them it took over from the versions before it, which a row that arrives late may change.
CREATE TABLE star.fact_told (
    fact        VARCHAR     NOT NULL,  -- contact or touch
    fact_key    BIGINT      NOT NULL,  -- contact_key or touch_key
    known_at    TIMESTAMPTZ NOT NULL,  -- of the version, as load_key and source_line
    load_key    INTEGER     NOT NULL,
    source_line BIGINT      NOT NULL,
    told_columns VARCHAR[]  NOT NULL   -- those that were told empty among them
);
