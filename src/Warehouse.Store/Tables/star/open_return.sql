-- Grain: one row per return whose sold line is not known yet; it is linked when the line arrives.
CREATE TABLE star.open_return (
    sale_key          BIGINT  NOT NULL,  -- the return
    returned_order_id VARCHAR NOT NULL,
    returned_line_id  VARCHAR NOT NULL
);
