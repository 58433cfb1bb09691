-- Which columns each version of a contact or touch told itself is put down.
CREATE TABLE star.fact_told (
    fact        VARCHAR     NOT NULL,
    fact_key    BIGINT      NOT NULL,
    known_at    TIMESTAMPTZ NOT NULL,
    load_key    INTEGER     NOT NULL,
    source_line BIGINT      NOT NULL,
    told_columns VARCHAR[]  NOT NULL
);
