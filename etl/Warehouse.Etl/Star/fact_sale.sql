-- The order lines of this load as rows of star.fact_sale. A line's key is its place in the load, counted from the first free key (temp.sale_start).
CREATE OR REPLACE TEMP TABLE rate AS
SELECT currency, valid_from, rate, lead(valid_from, 1, DATE '9999-12-31') OVER (PARTITION BY currency ORDER BY valid_from) AS valid_to
FROM star.exchange_rate
WHERE currency <> (SELECT reporting_currency FROM temp.load_context)
UNION ALL
SELECT reporting_currency, DATE '0001-01-01', CAST(1 AS DECIMAL(18,8)), DATE '9999-12-31' FROM temp.load_context;

CREATE OR REPLACE TEMP VIEW sale_row AS
SELECT
    line.mapped_row,
    start.first_key + line.mapped_row AS sale_key,
    coalesce(identity.customer_key, -1) AS customer_key,
    coalesce(customer.customer_version_key, -1) AS customer_version_key,
    product.product_key,
    product.product_version_key,
    coalesce(location.location_key, -1) AS location_key,
    coalesce(channel.channel_key, -1) AS channel_key,
    line.ordered_at_date AS date_key,
    line.ordered_at,
    line.order_id,
    line.line_id,
    line.quantity,
    in_reporting_currency(line.unit_price, rate.rate) AS unit_price,
    in_reporting_currency(line.original_gross, rate.rate) AS gross_amount,
    in_reporting_currency(line.original_discount, rate.rate) AS discount_amount,
    in_reporting_currency(line.original_gross - line.original_discount, rate.rate) AS net_amount,
    coalesce(in_reporting_currency(line.cost_amount, rate.rate), TRY(times(line.quantity, product.unit_cost))) AS cost_amount,
    line.original_gross - line.original_discount AS original_net_amount,
    rate.currency,
    line.quantity < 0 AS is_return,
    returned.sale_key AS returned_sale_key,
    CASE
        WHEN context.is_known_at_event THEN least(coalesce(line.changed_at, line.ordered_at), context.known_at)
        ELSE context.known_at
    END AS known_at,
    context.generation,
    line.load_key,
    line.source_line,
    coalesce(identity.identity_key, -1) AS identity_key
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
