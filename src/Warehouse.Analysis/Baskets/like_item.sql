-- Grain: one row per item that goes with an item, the most alike first.
WITH named AS (SELECT DISTINCT item_key, item, name FROM temp.sold_item)
SELECT other.item, other.name, neighbour.customers, CAST(neighbour.likeness AS DOUBLE) AS likeness
FROM temp.item_neighbour AS neighbour
JOIN named AS one ON one.item_key = neighbour.item_key
JOIN named AS other ON other.item_key = neighbour.other_key
WHERE lower(one.item) = lower($item)
ORDER BY neighbour.likeness DESC, other.item
LIMIT $most
