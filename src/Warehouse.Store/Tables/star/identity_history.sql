-- Grain: one row per person that an identifier of a customer was taken for before it was taken for another.
-- The company took it so in [known_at, known_to); star.identity_as_of(T) is what was taken for true at an instant.
CREATE TABLE star.identity_history (
    identity_key     INTEGER     NOT NULL,
    customer_key     INTEGER     NOT NULL,
    known_at         TIMESTAMPTZ NOT NULL,
    known_to         TIMESTAMPTZ NOT NULL,
    ended_generation INTEGER     NOT NULL
);
