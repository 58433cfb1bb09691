-- Grain: one row per item that a customer has not bought and is likely to want, the likeliest first, with the item of his that says so most.
WITH named AS (SELECT DISTINCT item_key, item, name FROM temp.sold_item),
own AS (SELECT DISTINCT item_key FROM temp.basket_item WHERE customer_key = $customer_key),
scored AS (
    SELECT neighbour.other_key AS item_key, sum(neighbour.likeness) AS score, arg_max(neighbour.item_key, (neighbour.likeness, -neighbour.item_key)) AS because_key
    FROM own
    JOIN temp.item_neighbour AS neighbour ON neighbour.item_key = own.item_key
    WHERE neighbour.other_key NOT IN (SELECT item_key FROM own)
    GROUP BY neighbour.other_key
)
SELECT named.item, named.name, CAST(scored.score AS DOUBLE) AS score, because.item AS because
FROM scored
JOIN named ON named.item_key = scored.item_key
JOIN named AS because ON because.item_key = scored.because_key
ORDER BY scored.score DESC, named.item
LIMIT $most
