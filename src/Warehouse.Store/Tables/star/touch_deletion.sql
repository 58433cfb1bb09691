-- Grain: one row per statement of a source that a touch is no more. It holds also against what is told of the touch later
-- and was known before it.
CREATE TABLE star.touch_deletion (
    campaign_key INTEGER     NOT NULL,
    identity_key INTEGER     NOT NULL,
    known_at     TIMESTAMPTZ NOT NULL,
    generation   INTEGER     NOT NULL,
    load_key     INTEGER     NOT NULL,
    source_line  BIGINT      NOT NULL
);
