-- Grain: one row per customer of the population, in the order of the keys.
SELECT assigned.customer_key, coalesce(customer.customer_id, '(unknown)') AS customer_id, assigned.value, assigned.revenue, assigned.name
FROM temp.customer_tier AS assigned
LEFT JOIN star.dim_customer AS customer ON customer.customer_key = assigned.customer_key AND customer.is_current
ORDER BY assigned.customer_key
