-- Grain: one row per identifier that a source says belongs to one of its customers, kept so that persons can be resolved anew.
CREATE TABLE star.customer_identifier (
    identity_key  INTEGER NOT NULL,  -- the source's customer in customer_identity
    identity      VARCHAR NOT NULL,  -- the name space of the identifier: loyalty, email, …
    identifier    VARCHAR NOT NULL,
    generation    INTEGER NOT NULL,
    load_key      INTEGER NOT NULL,
    source_line   BIGINT  NOT NULL
);
