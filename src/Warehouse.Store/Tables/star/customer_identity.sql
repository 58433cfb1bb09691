-- Grain: one row per identifier of a customer in a source; it says which person that is, and by which rule.
CREATE TABLE star.customer_identity (
    source       VARCHAR     NOT NULL,  -- the name space of the identifier: crm, loyalty, webshop, …
    source_id    VARCHAR     NOT NULL,
    customer_key INTEGER     NOT NULL,
    rule         VARCHAR     NOT NULL,  -- the rule of identity resolution that tied it
    known_at     TIMESTAMPTZ NOT NULL,
    generation   INTEGER     NOT NULL,
    load_key     INTEGER     NOT NULL,
    source_line  BIGINT      NOT NULL,
    identity_key INTEGER     NOT NULL,  -- facts carry it, so that they follow their person through merges and splits
    home_key     INTEGER     NOT NULL,  -- the person that it was when it was first known
    split_key    INTEGER                -- the person that it is where people decided that it is not who it was at home
);
