-- Grain: one row per known customer and item of his that counts for the likeness of items: those bought last, so that nobody who buys
-- for many outweighs all others.
CREATE OR REPLACE TEMP TABLE item_buyer AS
WITH item AS (
    SELECT customer_key, item_key, max(bought_on) AS last_on
    FROM temp.basket_item
    WHERE customer_key <> -1 AND bought_on <= $cut
    GROUP BY customer_key, item_key
),
-- Few buy so many: only their items have to be put in order.
collector AS (
    SELECT customer_key
    FROM item
    GROUP BY customer_key
    HAVING count(*) > 100
)
SELECT customer_key, item_key
FROM item
WHERE customer_key NOT IN (SELECT customer_key FROM collector)
UNION ALL
SELECT customer_key, item_key
FROM item
WHERE customer_key IN (SELECT customer_key FROM collector)
QUALIFY row_number() OVER (PARTITION BY customer_key ORDER BY last_on DESC, item_key) <= 100
