-- Grain: one row per export of a list to a destination: who sent what to whom, when and why. Its rows are in ops.export_row.
CREATE TABLE ops.export (
    export_key     INTEGER     NOT NULL,
    export_id      VARCHAR     NOT NULL,  -- by which the destination knows it again
    kind           VARCHAR     NOT NULL,  -- campaign or segment
    list           VARCHAR     NOT NULL,  -- the campaign or segment
    wave           INTEGER     NOT NULL,  -- 0 for segments
    list_definition VARCHAR    NOT NULL,  -- SHA-256 of what chose the list
    as_of          DATE        NOT NULL,
    generation     INTEGER     NOT NULL,
    destination    VARCHAR     NOT NULL,
    definition     VARCHAR     NOT NULL,  -- SHA-256 of the destination's definition
    definition_text VARCHAR    NOT NULL,  -- the definition, so that the export can be rebuilt when it is another one
    is_whole       BOOLEAN     NOT NULL,  -- the whole list, or what changed since the export before
    exported_at    TIMESTAMPTZ NOT NULL,
    exported_by    VARCHAR     NOT NULL,
    purpose        VARCHAR,
    row_count      BIGINT      NOT NULL,
    finished_at    TIMESTAMPTZ,           -- NULL while it is under way, or was killed; the next export takes it up
    content_hash   VARCHAR                -- SHA-256 of the bytes that were sent
);
