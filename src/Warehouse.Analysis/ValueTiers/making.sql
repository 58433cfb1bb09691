-- Grain: one row. The customers with whom the best together reach an amount.
SELECT value, customers, customers_above, value_above
FROM temp.value_rank
WHERE value_above < $amount AND value > 0
ORDER BY value
LIMIT 1
