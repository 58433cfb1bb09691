-- Grain: one row per change that a source told of a product. dim_product is derived from it.
CREATE TABLE star.product_record (
    product_id     VARCHAR       NOT NULL,
    valid_from     TIMESTAMPTZ   NOT NULL,  -- business time from which it is true
    name           VARCHAR,
    category       VARCHAR,
    subcategory    VARCHAR,
    brand          VARCHAR,
    unit_cost      DECIMAL(18,4),
    list_price     DECIMAL(18,4),
    launched_on    DATE,
    is_replenished BOOLEAN,
    known_at       TIMESTAMPTZ   NOT NULL,
    generation     INTEGER       NOT NULL,
    load_key       INTEGER       NOT NULL,
    source_line    BIGINT        NOT NULL,
    is_timeless    BOOLEAN                 -- of attributes without a history: true of all time
);
