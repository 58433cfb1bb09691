-- Grain: one row per stored membership of a segment: which definition chose whom, as of which date, in which generation.
CREATE TABLE mart.segment_build (
    build_key  INTEGER       NOT NULL,
    segment    VARCHAR       NOT NULL,
    definition VARCHAR       NOT NULL,  -- SHA-256 of the definition and of those that it names
    as_of      DATE          NOT NULL,
    generation INTEGER       NOT NULL,  -- that it was found in
    built_at   TIMESTAMPTZ   NOT NULL,
    members    BIGINT        NOT NULL,
    revenue    DECIMAL(38,4) NOT NULL
);
