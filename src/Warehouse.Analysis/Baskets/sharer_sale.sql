-- Grain: one row per line of a known customer who bought an item that one customer bought: as much of baskets as recommendations for
-- him need, where it is known for how many customers each item counts.
CREATE OR REPLACE TEMP TABLE own_product AS
WITH own AS (
    SELECT DISTINCT product_key
    FROM item_sale($first_date, $as_of, $ends_at, $known_before)
    WHERE customer_key = $of_customer
),
product AS (
    SELECT product_key, item FROM product_item($by, $ends_at, $known_before)
)
SELECT product_key
FROM product
WHERE item IN (SELECT item FROM product JOIN own USING (product_key));

CREATE OR REPLACE TEMP TABLE product_sale AS
SELECT customer_key, product_key, date_key AS bought_on
FROM item_sale($first_date, $as_of, $ends_at, $known_before)
WHERE customer_key <> -1
  AND customer_key IN (
    SELECT customer_key
    FROM item_sale($first_date, $as_of, $ends_at, $known_before)
    WHERE product_key IN (SELECT product_key FROM temp.own_product));

DROP TABLE temp.own_product
