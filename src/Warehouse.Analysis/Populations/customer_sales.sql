-- Grain: one row per customer with a sale line in the window; the unknown customer (-1) is one of them.
-- standing says whether the customer counts: counted, unknown, test, or only returns.
CREATE OR REPLACE TEMP TABLE customer_sales AS
WITH customer AS (
    SELECT customer_key, last_purchase, orders, revenue, value
    FROM customer_history($first_date, $first_date, $as_of, $known_before, $with_returns, $by_margin, NULL, NULL)
    WHERE revenue IS NOT NULL
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
