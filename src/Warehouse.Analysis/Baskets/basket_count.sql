-- Grain: one row. How many baskets there are, the items in them, and the customers who are known.
SELECT
    count(DISTINCT basket) AS baskets,
    count(DISTINCT item_key) AS items,
    count(DISTINCT customer_key) FILTER (customer_key <> -1) AS customers
FROM temp.basket_item
