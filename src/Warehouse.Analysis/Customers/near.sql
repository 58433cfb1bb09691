-- Grain: one row per identifier that begins like the one that was not found.
SELECT DISTINCT customer_id
FROM star.dim_customer
WHERE customer_key <> -1 AND starts_with(customer_id, left($id, 4))
ORDER BY customer_id
LIMIT 500
