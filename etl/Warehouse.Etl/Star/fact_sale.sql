-- Takes the order lines of this load into star.fact_sale. A line's key is the first free key plus its place in the load.
CREATE OR REPLACE TEMP TABLE sale_start AS
SELECT coalesce(max(sale_key) + 1, 0) AS first_key FROM star.fact_sale;

-- The lines that returns take back, in this load or before it.
CREATE OR REPLACE TEMP TABLE returned AS
WITH taken_back AS (
    SELECT mapped_row, returned_order_id AS order_id, returned_line_id AS line_id
    FROM temp.sale_line
    WHERE returned_order_id IS NOT NULL AND returned_line_id IS NOT NULL
),
sold AS (
    SELECT order_id, line_id, first_key + mapped_row AS sale_key
    FROM temp.sale_line
    CROSS JOIN temp.sale_start
    WHERE (order_id, line_id) IN (SELECT (order_id, line_id) FROM taken_back)
    UNION ALL
    SELECT order_id, line_id, sale_key
    FROM star.fact_sale
    WHERE (order_id, line_id) IN (SELECT (order_id, line_id) FROM taken_back)
)
SELECT mapped_row, min(sale_key) AS sale_key
FROM taken_back
JOIN sold USING (order_id, line_id)
GROUP BY mapped_row;

CREATE OR REPLACE TEMP TABLE rate AS
SELECT currency, valid_from, rate, lead(valid_from, 1, DATE '9999-12-31') OVER (PARTITION BY currency ORDER BY valid_from) AS valid_to
FROM star.exchange_rate
WHERE currency <> (SELECT reporting_currency FROM temp.load_context)
UNION ALL
SELECT reporting_currency, DATE '0001-01-01', CAST(1 AS DECIMAL(18,8)), DATE '9999-12-31' FROM temp.load_context;

-- Before the first known date of a currency its first rate holds.
UPDATE temp.rate SET valid_from = DATE '0001-01-01'
WHERE (currency, valid_from) IN (SELECT (currency, min(valid_from)) FROM temp.rate GROUP BY currency);

INSERT INTO star.fact_sale
SELECT
    start.first_key + line.mapped_row,
    coalesce(identity.customer_key, -1),
    coalesce(customer.customer_version_key, -1),
    product.product_key,
    product.product_version_key,
    coalesce(location.location_key, -1),
    coalesce(channel.channel_key, -1),
    line.ordered_at_date,
    line.ordered_at,
    line.order_id,
    line.line_id,
    line.quantity,
    in_reporting_currency(line.unit_price, rate.rate),
    in_reporting_currency(line.original_gross, rate.rate),
    in_reporting_currency(line.original_discount, rate.rate),
    in_reporting_currency(line.original_gross - line.original_discount, rate.rate),
    coalesce(in_reporting_currency(line.cost_amount, rate.rate), TRY(times(line.quantity, product.unit_cost))),
    line.original_gross - line.original_discount,
    rate.currency,
    line.quantity < 0,
    returned.sale_key,
    CASE WHEN context.is_known_at_event THEN least(line.ordered_at, context.known_at) ELSE context.known_at END,
    context.generation,
    line.load_key,
    line.source_line
FROM (
    SELECT
        *,
        coalesce(currency, (SELECT reporting_currency FROM temp.load_context)) AS order_currency,
        times(quantity, unit_price) AS original_gross,
        CAST(coalesce(discount_amount, 0) AS DECIMAL(18,4)) AS original_discount
    FROM temp.sale_line
) AS line
CROSS JOIN temp.load_context AS context
CROSS JOIN temp.sale_start AS start
JOIN temp.rate AS rate
    ON rate.currency = line.order_currency
    AND line.ordered_at_date >= rate.valid_from AND line.ordered_at_date < rate.valid_to
JOIN star.dim_product AS product
    ON product.product_id = line.product
    AND line.ordered_at >= product.valid_from AND line.ordered_at < product.valid_to
LEFT JOIN star.customer_identity AS identity
    ON identity.source = line.customer_identity AND identity.source_id = line.customer
LEFT JOIN star.dim_customer AS customer
    ON customer.customer_key = identity.customer_key
    AND line.ordered_at >= customer.valid_from AND line.ordered_at < customer.valid_to
LEFT JOIN star.dim_location AS location ON location.location_id = line.location
LEFT JOIN star.dim_channel AS channel ON channel.channel = line.channel
LEFT JOIN temp.returned AS returned ON returned.mapped_row = line.mapped_row;
