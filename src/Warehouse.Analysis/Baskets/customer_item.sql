-- Grain: one row per known customer and item that he bought, with the last date: as much of baskets as recommendations need.
CREATE OR REPLACE TEMP TABLE basket_item AS
WITH bought AS (
    SELECT customer_key, item, max(name) AS name, max(date_key) AS bought_on
    FROM item_sale($by, $first_date, $as_of, $ends_at, $known_before)
    WHERE customer_key <> -1
    GROUP BY customer_key, item
),
named AS (
    SELECT item, max(name) AS name, CAST(row_number() OVER (ORDER BY item) - 1 AS INTEGER) AS item_key
    FROM bought
    GROUP BY item
)
SELECT CAST(NULL AS INTEGER) AS basket, bought.customer_key, named.item_key, named.item, named.name, bought.bought_on
FROM bought
JOIN named ON named.item = bought.item
