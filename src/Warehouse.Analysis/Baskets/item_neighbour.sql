-- Grain: one row per item and one of the items that go with it most. Two items are alike where the same customers bought both:
-- the cosine of the customers who bought each, with ten added below the line so that a few customers prove little. For one customer
-- his own items will do. Likeness is a decimal: its sums are the same in any order.
CREATE OR REPLACE TEMP TABLE item_neighbour AS
WITH pair AS (
    SELECT one.item_key, other.item_key AS other_key, count(*) AS customers
    FROM temp.item_buyer AS one
    JOIN temp.item_buyer AS other ON other.customer_key = one.customer_key AND other.item_key <> one.item_key
    WHERE $of_customer IS NULL OR one.item_key IN (SELECT item_key FROM temp.basket_item WHERE customer_key = $of_customer)
    GROUP BY one.item_key, other.item_key
    HAVING count(*) > 1
)
SELECT
    pair.item_key,
    pair.other_key,
    pair.customers,
    CAST(pair.customers / (sqrt(one.customers * other.customers) + 10) AS DECIMAL(18, 15)) AS likeness
FROM pair
JOIN temp.item_size AS one ON one.item_key = pair.item_key
JOIN temp.item_size AS other ON other.item_key = pair.other_key
QUALIFY row_number() OVER (PARTITION BY pair.item_key ORDER BY likeness DESC, pair.other_key) <= 50
