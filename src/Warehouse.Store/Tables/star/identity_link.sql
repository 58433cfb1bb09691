-- Grain: one row per reason why two persons are taken for one: the links that hold now, and the rule that made each.
CREATE TABLE star.identity_link (
    identity_key       INTEGER NOT NULL,
    other_identity_key INTEGER NOT NULL,
    rule               VARCHAR NOT NULL,  -- the attributes that are the same, or why people decided so
    matched            VARCHAR NOT NULL,  -- the value that is the same, normalised
    generation         INTEGER NOT NULL
);
