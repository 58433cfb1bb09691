-- Grain: one row per batch of an export that its destination acknowledged.
CREATE TABLE ops.export_batch (
    export_key   INTEGER     NOT NULL,
    batch        INTEGER     NOT NULL,  -- from 0
    delivered_at TIMESTAMPTZ NOT NULL
);
