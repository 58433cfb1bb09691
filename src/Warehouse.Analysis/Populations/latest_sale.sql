-- Grain: one row. The date of the last sale to a known customer that is not dated after today.
SELECT max(date_key)
FROM star.fact_sale
WHERE date_key <= $today AND customer_key <> -1
