-- Grain: one row per identifier of a customer and value by which a rule matches it, so that a load looks only at those whom it touches.
CREATE TABLE star.identity_match (
    rule         SMALLINT NOT NULL,  -- its place in identity.yaml, from 0
    match_key    UBIGINT  NOT NULL,  -- stands for the value: the lower half of its MD5
    identity_key INTEGER  NOT NULL,
    generation   INTEGER  NOT NULL   -- in which the value was known first
);
