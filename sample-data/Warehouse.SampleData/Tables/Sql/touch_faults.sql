-- Grain: one row per fault of the file.
CREATE TABLE touch_faults (
    row_number BIGINT  NOT NULL,  -- of the touch, in the order of the file, before duplicates are put in
    fault      VARCHAR NOT NULL
);
