-- Grain: one row per item that is in at least so many baskets, the rarest first, with the baskets that it is in, rising.
SELECT item_key, item, any_value(name) AS name, list(basket ORDER BY basket) AS baskets
FROM temp.basket_item
GROUP BY item_key, item
HAVING count(*) >= $least
ORDER BY count(*), item_key
