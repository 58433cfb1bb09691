-- Grain: one row per export and customer: what was sent of him.
CREATE TABLE ops.export_row (
    export_key   INTEGER   NOT NULL,
    place        BIGINT    NOT NULL,  -- from 0
    customer_key INTEGER   NOT NULL,
    change       VARCHAR   NOT NULL,  -- added, changed or removed
    fields       VARCHAR[] NOT NULL   -- in the order of the destination's columns
);
