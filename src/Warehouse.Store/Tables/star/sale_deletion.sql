-- Grain: one row per statement of a source that an order line is no more. It holds also against what is told of the line later
-- and was known before it.
CREATE TABLE star.sale_deletion (
    order_id    VARCHAR     NOT NULL,
    line_id     VARCHAR     NOT NULL,
    known_at    TIMESTAMPTZ NOT NULL,
    generation  INTEGER     NOT NULL,
    load_key    INTEGER     NOT NULL,
    source_line BIGINT      NOT NULL
);
