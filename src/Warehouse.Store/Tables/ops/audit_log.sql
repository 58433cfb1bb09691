-- Grain: one row per export of personal data and look-up of a person. Each entry holds the hash of the one before it, so that
-- none can be changed, taken out, put elsewhere or cut off without notice.
CREATE TABLE ops.audit_log (
    entry         BIGINT      NOT NULL,  -- from 1, without gaps
    happened_at   TIMESTAMPTZ NOT NULL,
    actor         VARCHAR     NOT NULL,
    action        VARCHAR     NOT NULL,  -- export, show, forget, disclose, …
    subject       VARCHAR     NOT NULL,  -- the list; or the person, as a salted hash
    purpose       VARCHAR,
    detail        VARCHAR     NOT NULL,
    previous_hash VARCHAR     NOT NULL,  -- of the entry before; 64 zeros for the first
    hash          VARCHAR     NOT NULL   -- SHA-256 of the entry with previous_hash
);
