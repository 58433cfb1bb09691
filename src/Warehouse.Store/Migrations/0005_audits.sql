-- Checks are noted with what they found, and rejected rows can be mended.
ALTER TABLE quality.reject ADD COLUMN mended_generation INTEGER;

CREATE TABLE quality.audit (
    generation   INTEGER NOT NULL,
    name         VARCHAR NOT NULL,
    table_name   VARCHAR,
    severity     VARCHAR NOT NULL,
    offenders    BIGINT  NOT NULL,
    rows_checked BIGINT  NOT NULL,
    is_broken    BOOLEAN NOT NULL,
    example      VARCHAR
);
