-- Grain: one row per customer of the population: at least one purchase in the lookback, and no test customer.
-- place counts the customers from 0 by their key: it is the row of a customer in a table of features.
CREATE OR REPLACE TEMP TABLE churn_customer AS
WITH test_customer AS (
    SELECT customer_key
    FROM star.dim_customer
    WHERE customer_key IN (SELECT customer_key FROM star.dim_customer WHERE is_test)
      AND valid_from < $known_before
      AND known_at < $known_before
      AND customer_key NOT IN (SELECT customer_key FROM temp.churn_retold)
      AND customer_key NOT IN (SELECT customer_key FROM temp.churn_moved)
    GROUP BY customer_key
    HAVING arg_max(is_test, valid_from)
    UNION ALL
    SELECT customer_key FROM temp.churn_profile WHERE is_test
),
buyer AS (
    SELECT
        customer_key,
        CAST(count(*) AS INTEGER) AS purchase_days,
        min(date_key) AS first_purchase,
        max(date_key) AS last_purchase
    FROM temp.churn_day
    WHERE lines > 0
    GROUP BY customer_key
)
SELECT CAST(row_number() OVER (ORDER BY customer_key) - 1 AS INTEGER) AS place, buyer.*
FROM buyer
ANTI JOIN test_customer USING (customer_key)
WHERE purchase_days >= $least_purchases
