-- Grain: one row per version of a product (slowly changing, type 2); key -1 is the unknown product.
CREATE TABLE star.dim_product (
    product_version_key INTEGER       NOT NULL,
    product_key         INTEGER       NOT NULL,
    product_id          VARCHAR       NOT NULL,
    name                VARCHAR,
    category            VARCHAR,
    subcategory         VARCHAR,
    brand               VARCHAR,
    unit_cost           DECIMAL(18,4),
    list_price          DECIMAL(18,4),
    launched_on         DATE,
    is_replenished      BOOLEAN,
    is_inferred         BOOLEAN       NOT NULL,
    valid_from          TIMESTAMPTZ   NOT NULL,
    valid_to            TIMESTAMPTZ   NOT NULL,
    is_current          BOOLEAN       NOT NULL,
    known_at            TIMESTAMPTZ   NOT NULL,
    generation          INTEGER       NOT NULL,
    load_key            INTEGER       NOT NULL,
    source_line         BIGINT        NOT NULL
);
