-- Parts of facts are replaced as a whole, and checks look at feeds.
ALTER TABLE ops.load ADD COLUMN rows_withdrawn BIGINT;
ALTER TABLE quality.audit ADD COLUMN feed VARCHAR;
ALTER TABLE quality.audit ADD COLUMN amount DOUBLE;

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
