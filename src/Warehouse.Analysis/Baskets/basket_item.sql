-- Grain: one row per basket and item in it. A basket is an order with what was bought in it, of unknown customers as well.
CREATE OR REPLACE TEMP TABLE basket_item AS
WITH line AS (
    SELECT customer_key, order_id, date_key, item, name
    FROM item_sale($by, $first_date, $as_of, $ends_at, $known_before)
),
basket AS (
    SELECT customer_key, order_id, CAST(row_number() OVER () - 1 AS INTEGER) AS basket
    FROM (SELECT DISTINCT customer_key, order_id FROM line)
),
named AS (
    SELECT item, max(name) AS name, CAST(row_number() OVER (ORDER BY item) - 1 AS INTEGER) AS item_key
    FROM line
    GROUP BY item
)
SELECT basket.basket, line.customer_key, named.item_key, named.item, named.name, min(line.date_key) AS bought_on
FROM line
JOIN basket ON basket.customer_key = line.customer_key AND basket.order_id = line.order_id
JOIN named ON named.item = line.item
GROUP BY ALL
