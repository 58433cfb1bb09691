-- Grain: one row per statement of a source that a contact is no more. It holds also against what is told of the contact later
-- and was known before it.
CREATE TABLE star.contact_deletion (
    contact_id  VARCHAR     NOT NULL,
    known_at    TIMESTAMPTZ NOT NULL,
    generation  INTEGER     NOT NULL,
    load_key    INTEGER     NOT NULL,
    source_line BIGINT      NOT NULL
);
