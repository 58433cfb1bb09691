-- Grain: one row per identifier of a customer who asked to be forgotten, as a salted hash: what is told of the identifier
-- later is not taken, and nobody reaches him again.
CREATE TABLE ops.forgotten_customer (
    identifier_hash VARCHAR     NOT NULL,  -- SHA-256 of the salt, the name space and the identifier, in hexadecimal
    customer_key    INTEGER     NOT NULL,  -- the person, who has no name any more
    forgotten_at    TIMESTAMPTZ NOT NULL
);
