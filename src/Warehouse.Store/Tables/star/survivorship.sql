-- Grain: one row per attribute of customers for which identity.yaml says whose word holds, and source that it names. For an
-- attribute without a row the latest word holds.
CREATE TABLE star.survivorship (
    attribute VARCHAR NOT NULL,
    rule      VARCHAR NOT NULL,  -- sources: the first of them that knows it; complete: the identifier of which most is known
    source    VARCHAR,           -- of the rule sources
    place     INTEGER            -- of the source, from 0
);
