-- Grain: one row per line of a known customer: as much of baskets as recommendations need.
CREATE OR REPLACE TEMP TABLE product_sale AS
SELECT customer_key, product_key, date_key AS bought_on
FROM item_sale($first_date, $as_of, $ends_at, $known_before)
WHERE customer_key <> -1
