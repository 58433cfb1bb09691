-- Grain: one row per order and product in it, of unknown customers as well.
CREATE OR REPLACE TEMP TABLE product_sale AS
SELECT customer_key, order_id, product_key, min(date_key) AS bought_on
FROM item_sale($first_date, $as_of, $ends_at, $known_before)
GROUP BY customer_key, order_id, product_key
