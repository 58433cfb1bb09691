-- Grain: one row per check of a workspace and generation: what it found before the generation was published.
CREATE TABLE quality.audit (
    generation   INTEGER NOT NULL,
    name         VARCHAR NOT NULL,
    table_name   VARCHAR,           -- NULL where the check has a SELECT of its own
    severity     VARCHAR NOT NULL,  -- warn, error or stop
    offenders    BIGINT  NOT NULL,
    rows_checked BIGINT  NOT NULL,
    is_broken    BOOLEAN NOT NULL,  -- more offenders than allowed
    example      VARCHAR
);
