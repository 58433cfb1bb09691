-- Grain: one row per topic of a contact, complaint or not; key -1 is the unknown reason.
CREATE TABLE star.dim_reason (
    reason_key   INTEGER NOT NULL,
    topic        VARCHAR NOT NULL,
    is_complaint BOOLEAN NOT NULL,
    generation   INTEGER NOT NULL
);
