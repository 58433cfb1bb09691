-- Grain: one row per migration that made this database what it is. The highest version is the database's own.
CREATE TABLE ops.schema_version (
    version    INTEGER     NOT NULL,
    name       VARCHAR     NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (version)
);
