-- Grain: one row per source file or range read by a feed within a generation.
-- rows_read = rows_loaded + rows_corrected + rows_deleted + rows_rejected + rows_already_loaded + coalesce(rows_left_out, 0), always.
CREATE TABLE ops.load (
    load_key            INTEGER     NOT NULL,
    generation          INTEGER     NOT NULL,
    feed                VARCHAR     NOT NULL,
    source              VARCHAR     NOT NULL,  -- the file as the feed names it
    content_hash        VARCHAR     NOT NULL,  -- SHA-256 of the bytes, in hexadecimal
    bytes               BIGINT      NOT NULL,
    definition_hash     VARCHAR     NOT NULL,  -- of the feed's definition
    rows_read           BIGINT      NOT NULL,
    rows_loaded         BIGINT      NOT NULL,
    rows_rejected       BIGINT      NOT NULL,
    rows_already_loaded BIGINT      NOT NULL,
    started_at          TIMESTAMPTZ NOT NULL,
    finished_at         TIMESTAMPTZ NOT NULL,
    rows_corrected      BIGINT      NOT NULL,
    rows_deleted        BIGINT      NOT NULL,
    watermark           VARCHAR,               -- up to where a database's rows were read; NULL for files
    written_at          TIMESTAMPTZ,           -- when the file was last written
    remote_version      VARCHAR,               -- for a file from a web server: SHA-256 of its address, ETag, Last-Modified, a line each
    rows_withdrawn      BIGINT,                -- facts that are no more because what they stood in was told again without them; no rows of the file
    rows_left_out       BIGINT,                -- rows that the feed's filter does not mean
    PRIMARY KEY (load_key)
);
