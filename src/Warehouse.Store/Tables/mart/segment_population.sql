-- Grain: one row, or none: what mart.segment_person was gathered for.
CREATE TABLE mart.segment_population (
    as_of      DATE    NOT NULL,
    definition VARCHAR NOT NULL,  -- whose sales are scored, of which time, and what value is
    generation INTEGER NOT NULL   -- that stored them; later ones that change no customer leave them valid
);
