-- Grain: one row per decision about which churn model scores; the last one of a name holds. Rows are added, never changed.
CREATE TABLE ops.churn_promotion (
    model      VARCHAR     NOT NULL,
    version    INTEGER     NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    decided_by VARCHAR     NOT NULL,
    action     VARCHAR     NOT NULL,  -- promoted or refused
    reason     VARCHAR     NOT NULL
);
