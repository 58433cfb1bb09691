-- Grain: one row per source row that was not loaded, with the first rule that it broke and the row as it was read.
CREATE TABLE quality.reject (
    generation  INTEGER NOT NULL,
    load_key    INTEGER NOT NULL,
    feed        VARCHAR NOT NULL,
    source      VARCHAR NOT NULL,
    source_line BIGINT  NOT NULL,  -- 1 is the first line of the file, the header included
    column_name VARCHAR,           -- NULL where the row as a whole is at fault
    rule        VARCHAR NOT NULL,
    reason      VARCHAR NOT NULL,
    raw         VARCHAR NOT NULL,
    mended_generation INTEGER      -- the generation that loaded the row, mended; NULL while it is open
);
