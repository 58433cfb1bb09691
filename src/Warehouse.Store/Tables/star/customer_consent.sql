-- Grain: one row per statement of a customer about a channel and purpose. What holds at an instant
-- is the last statement before it; where there is none, there is no consent.
CREATE TABLE star.customer_consent (
    customer_key INTEGER     NOT NULL,
    channel      VARCHAR     NOT NULL,
    purpose      VARCHAR     NOT NULL,
    is_granted   BOOLEAN     NOT NULL,
    stated_at    TIMESTAMPTZ NOT NULL,
    source       VARCHAR     NOT NULL,
    known_at     TIMESTAMPTZ NOT NULL,
    generation   INTEGER     NOT NULL,
    load_key     INTEGER     NOT NULL,
    source_line  BIGINT      NOT NULL,
    identity_key INTEGER     DEFAULT -1  -- the identifier in customer_identity by which the source named the person
);
