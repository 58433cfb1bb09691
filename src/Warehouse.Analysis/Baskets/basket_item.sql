-- Grain: one row per basket and item in it. A basket is an order with what was bought in it, of unknown customers as well.
CREATE OR REPLACE TEMP TABLE basket_item AS
WITH line AS (
    SELECT sale.customer_key, sale.order_id, sold_item.item_key, sale.bought_on
    FROM temp.product_sale AS sale
    JOIN temp.sold_item AS sold_item ON sold_item.product_key = sale.product_key
),
basket AS (
    SELECT customer_key, order_id, CAST(row_number() OVER () - 1 AS INTEGER) AS basket
    FROM (SELECT DISTINCT customer_key, order_id FROM line)
)
SELECT basket.basket, line.customer_key, line.item_key, min(line.bought_on) AS bought_on
FROM line
JOIN basket ON basket.customer_key = line.customer_key AND basket.order_id = line.order_id
GROUP BY ALL
