-- Grain: one row per product of temp.product_sale, with the item that it is of. Items are numbered in the order of their names.
CREATE OR REPLACE TEMP TABLE sold_item AS
SELECT
    product_key,
    item,
    max(name) OVER (PARTITION BY item) AS name,
    CAST(dense_rank() OVER (ORDER BY item) - 1 AS INTEGER) AS item_key
FROM product_item($by, $ends_at, $known_before)
WHERE product_key IN (SELECT product_key FROM temp.product_sale)
