-- Grain: one row per published state of the warehouse. A reader sees a generation whole or not at all.
CREATE TABLE ops.generation (
    generation   INTEGER     NOT NULL,
    started_at   TIMESTAMPTZ NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    reason       VARCHAR     NOT NULL,  -- what made it: initial, load, …
    PRIMARY KEY (generation)
);
