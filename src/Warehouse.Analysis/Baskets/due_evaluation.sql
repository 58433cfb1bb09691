-- Grain: one row. Of what was bought so often until the cut: customers and items, how many of them were said to be due in the days
-- after it, and how many of these and of all were bought in them.
WITH later AS (
    SELECT DISTINCT customer_key, item_key
    FROM temp.basket_item
    WHERE bought_on > $cut AND bought_on <= CAST($cut AS DATE) + CAST($within_days AS INTEGER)
)
SELECT
    count(*) AS pairs,
    count(later.item_key) AS bought,
    count(*) FILTER (is_due) AS due,
    count(later.item_key) FILTER (is_due) AS due_and_bought
FROM (
    SELECT *, next_on <= CAST($cut AS DATE) + CAST($within_days AS INTEGER) AND $cut - last_on < 2 * rhythm_days AS is_due
    FROM temp.next_purchase
    WHERE purchases >= $least_purchases
) AS due
LEFT JOIN later ON later.customer_key = due.customer_key AND later.item_key = due.item_key
