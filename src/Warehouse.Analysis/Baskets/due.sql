-- Grain: one row per customer and item that is due within some days of the date, or has been for less than one of his intervals;
-- what is due nearest to the date, by his own measure, is first.
WITH named AS (SELECT DISTINCT item_key, item, name FROM temp.sold_item)
SELECT
    due.customer_key,
    coalesce(customer.customer_id, '(unknown)') AS customer_id,
    named.item,
    named.name,
    due.purchases,
    due.last_on,
    due.rhythm_days,
    due.next_on
FROM temp.next_purchase AS due
JOIN named ON named.item_key = due.item_key
LEFT JOIN star.dim_customer AS customer ON customer.customer_key = due.customer_key AND customer.is_current
WHERE due.purchases >= $least_purchases
  AND due.next_on <= CAST($as_of AS DATE) + CAST($within_days AS INTEGER)
  AND $as_of - due.last_on < 2 * due.rhythm_days
ORDER BY abs(due.next_on - $as_of) / due.rhythm_days, due.purchases DESC, due.customer_key, named.item
LIMIT $most
