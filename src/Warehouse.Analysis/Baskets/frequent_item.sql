-- Grain: one row per item that is in at least so many baskets, the rarest first, with the baskets that it is in, rising.
WITH named AS (SELECT DISTINCT item_key, item, name FROM temp.sold_item),
frequent AS (
    SELECT item_key, list(basket ORDER BY basket) AS baskets
    FROM temp.basket_item
    GROUP BY item_key
    HAVING count(*) >= $least
)
SELECT item_key, named.item, named.name, frequent.baskets
FROM frequent
JOIN named USING (item_key)
ORDER BY len(frequent.baskets), item_key
