-- Grain: one row per resolution of persons: by which definition it was done.
CREATE TABLE ops.identity_run (
    generation      INTEGER NOT NULL,
    definition_hash VARCHAR NOT NULL,
    links           BIGINT  NOT NULL,
    identities_moved BIGINT NOT NULL
);
