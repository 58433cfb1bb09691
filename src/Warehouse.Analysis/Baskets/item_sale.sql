-- Grain: one row per line with a known product: who bought which product in which order. Returns are no part of it, nor are test
-- customers. Whoever asks takes the columns that he needs.
CREATE OR REPLACE TEMP MACRO item_sale(first_date, as_of, ends_at, known_before) AS TABLE
WITH test_customer AS (
    SELECT customer_key
    FROM star.dim_customer
    WHERE customer_key IN (SELECT customer_key FROM star.dim_customer WHERE is_test) AND valid_from < ends_at AND known_at < known_before
    GROUP BY customer_key
    HAVING arg_max(is_test, valid_from)
)
SELECT customer_key, order_id, date_key, product_key
FROM star.sale_version
WHERE date_key >= first_date
  AND date_key <= as_of
  AND known_at < known_before
  AND known_to >= least(known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
  AND NOT is_return
  AND product_key <> -1
  AND customer_key NOT IN (SELECT customer_key FROM test_customer);

-- Grain: one row per known product that is of an item: the product itself, or what products have in common.
CREATE OR REPLACE TEMP MACRO product_item(by_what, ends_at, known_before) AS TABLE
WITH product AS (
    SELECT
        product_key,
        arg_max(product_id, valid_from) AS product_id,
        arg_max(name, valid_from) AS name,
        arg_max(category, valid_from) AS category,
        arg_max(subcategory, valid_from) AS subcategory,
        arg_max(brand, valid_from) AS brand
    FROM star.dim_product
    WHERE product_key <> -1 AND valid_from < ends_at AND known_at < known_before
    GROUP BY product_key
)
SELECT
    product_key,
    CASE by_what WHEN 'product' THEN product_id WHEN 'category' THEN category WHEN 'subcategory' THEN subcategory WHEN 'brand' THEN brand END AS item,
    CASE by_what WHEN 'product' THEN name END AS name
FROM product
WHERE item IS NOT NULL
