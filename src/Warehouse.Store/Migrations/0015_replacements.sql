-- Parts of facts are replaced as a whole.
ALTER TABLE ops.load ADD COLUMN rows_withdrawn BIGINT;

CREATE TABLE star.replacement (
    fact        VARCHAR     NOT NULL,
    scope       VARCHAR     NOT NULL,
    part        VARCHAR     NOT NULL,
    feed        VARCHAR,
    known_at    TIMESTAMPTZ NOT NULL,
    generation  INTEGER     NOT NULL,
    load_key    INTEGER     NOT NULL,
    source_line BIGINT      NOT NULL
);
