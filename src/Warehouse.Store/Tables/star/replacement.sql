-- Grain: one row per part of a fact (an order, a day) that a source told as a whole at a time of its own, or took back whole. What was told of
-- the part before that time, also later on, ended with it.
CREATE TABLE star.replacement (
    fact        VARCHAR     NOT NULL,  -- sale, contact or touch
    scope       VARCHAR     NOT NULL,  -- the columns that make a part
    part        VARCHAR     NOT NULL,  -- their values
    feed        VARCHAR,               -- whose rows it replaces; NULL where it is all
    known_at    TIMESTAMPTZ NOT NULL,
    generation  INTEGER     NOT NULL,
    load_key    INTEGER     NOT NULL,
    source_line BIGINT      NOT NULL
);
