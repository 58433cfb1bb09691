-- Grain: one row per customer with a sale line in the window; the unknown customer (-1) is one of them.
-- The one scan of the facts that RFM and value tiers need: by order first, because counting distinct orders costs more.
-- standing says whether the customer counts: counted, unknown, test, or only returns.
CREATE OR REPLACE TEMP TABLE customer_sales AS
WITH customer_order AS (
    SELECT
        customer_key,
        order_id,
        max(date_key) FILTER (NOT is_return) AS purchased_on,
        sum(net_amount) AS revenue,
        sum(CASE WHEN $by_margin THEN net_amount - cost_amount ELSE net_amount END) AS value
    FROM star.sale_version
    WHERE date_key >= $first_date
      AND date_key <= $as_of
      AND known_at < $known_before
      AND known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
      AND (NOT is_return OR $with_returns)
    GROUP BY customer_key, order_id
),
customer AS (
    SELECT
        customer_key,
        max(purchased_on) AS last_purchase,
        count(purchased_on) AS orders,
        CAST(sum(revenue) AS DECIMAL(38,4)) AS revenue,
        CAST(coalesce(sum(value), 0) AS DECIMAL(38,4)) AS value
    FROM customer_order
    GROUP BY customer_key
),
test_customer AS (
    SELECT customer_key
    FROM star.dim_customer
    WHERE customer_key IN (SELECT customer_key FROM star.dim_customer WHERE is_test)
      AND valid_from < $ends_at
      AND known_at < $known_before
    GROUP BY customer_key
    HAVING arg_max(is_test, valid_from)
)
SELECT
    customer.*,
    CASE
        WHEN customer.customer_key = -1 THEN 'unknown'
        WHEN test_customer.customer_key IS NOT NULL THEN 'test'
        WHEN last_purchase IS NULL THEN 'only returns'
        ELSE 'counted'
    END AS standing
FROM customer
LEFT JOIN test_customer ON test_customer.customer_key = customer.customer_key
