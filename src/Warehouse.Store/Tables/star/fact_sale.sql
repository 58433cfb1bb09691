-- Grain: one row per order line. Returns are lines of their own with negative quantity and amounts.
-- Amounts are in the reporting currency; original_net_amount is in the currency of the order.
CREATE TABLE star.fact_sale (
    sale_key             BIGINT        NOT NULL,
    customer_key         INTEGER       NOT NULL,  -- the person
    customer_version_key INTEGER       NOT NULL,  -- the person as he was at ordered_at
    product_key          INTEGER       NOT NULL,
    product_version_key  INTEGER       NOT NULL,
    location_key         INTEGER       NOT NULL,
    channel_key          INTEGER       NOT NULL,
    date_key             DATE          NOT NULL,  -- business date in the workspace's time zone
    ordered_at           TIMESTAMPTZ   NOT NULL,
    order_id             VARCHAR       NOT NULL,  -- degenerate dimension
    line_id              VARCHAR       NOT NULL,
    quantity             DECIMAL(18,4) NOT NULL,
    unit_price           DECIMAL(18,4) NOT NULL,
    gross_amount         DECIMAL(18,4) NOT NULL,  -- quantity × unit price
    discount_amount      DECIMAL(18,4) NOT NULL,
    net_amount           DECIMAL(18,4) NOT NULL,  -- gross less discount
    cost_amount          DECIMAL(18,4),           -- NULL where the cost is not known
    original_net_amount  DECIMAL(18,4) NOT NULL,
    currency             VARCHAR       NOT NULL,  -- ISO 4217, of the original amount
    is_return            BOOLEAN       NOT NULL,
    returned_sale_key    BIGINT,                  -- the line that this line returns, where known
    known_at             TIMESTAMPTZ   NOT NULL,
    generation           INTEGER       NOT NULL,
    load_key             INTEGER       NOT NULL,
    source_line          BIGINT        NOT NULL,
    identity_key         INTEGER       NOT NULL   -- the identifier in customer_identity by which the source named the person; -1 where it named nobody
);
