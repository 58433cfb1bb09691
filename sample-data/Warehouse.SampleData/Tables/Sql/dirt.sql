-- Grain: one row per planted fault.
CREATE TABLE dirt (
    file           VARCHAR       NOT NULL,  -- relative to the data folder
    line           BIGINT        NOT NULL,  -- on which the row begins, 1 for the first of the file; in Parquet the row
    kind           VARCHAR       NOT NULL,
    column_name    VARCHAR,                 -- NULL where the row as a whole is at fault
    outcome        VARCHAR       NOT NULL,  -- keep, reject, duplicate, no_row: by the reference policy
    original       VARCHAR,                 -- the row as it ought to be; NULL where there ought to be none
    net_gbp        DECIMAL(18,4) NOT NULL   -- what the row as it ought to be adds to its file's total; 0 outside of orders
);

CREATE VIEW dirt_file AS SELECT * FROM dirt ORDER BY file, line, kind;
