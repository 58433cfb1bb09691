-- Grain: one row per place of sale (a store, a web shop, a warehouse counter); key -1 is the unknown place.
CREATE TABLE star.dim_location (
    location_key INTEGER     NOT NULL,
    location_id  VARCHAR     NOT NULL,
    name         VARCHAR,
    format       VARCHAR,
    city         VARCHAR,
    region       VARCHAR,
    country      VARCHAR,
    opened_on    DATE,
    is_inferred  BOOLEAN     NOT NULL,
    known_at     TIMESTAMPTZ NOT NULL,
    generation   INTEGER     NOT NULL,
    load_key     INTEGER     NOT NULL,
    source_line  BIGINT      NOT NULL
);
