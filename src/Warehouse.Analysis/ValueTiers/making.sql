-- Grain: one row. The value at which the best customers together reach an amount, and what lies above it.
SELECT value, customers_above, value_above
FROM temp.value_rank
WHERE value_above < $amount AND value > 0
ORDER BY value
LIMIT 1
