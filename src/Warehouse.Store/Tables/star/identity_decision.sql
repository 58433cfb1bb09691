-- Grain: one row per decision about who is who, those that were taken back among them.
CREATE TABLE star.identity_decision (
    is_same          BOOLEAN     NOT NULL,  -- one person, or different ones
    identifiers      VARCHAR[]   NOT NULL,  -- source:id, in the order of the decision
    because          VARCHAR     NOT NULL,
    decided_by       VARCHAR,               -- NULL where identity.yaml does not say
    decided_at       TIMESTAMPTZ,
    generation       INTEGER     NOT NULL,  -- the first in which it holds
    ended_by         VARCHAR,
    ended_at         TIMESTAMPTZ,
    ended_generation INTEGER                -- the first in which it holds no more; NULL while it holds
);
