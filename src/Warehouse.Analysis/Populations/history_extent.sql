-- Grain: one row. How much there is to read: lines, and the last key of a customer that one of them names.
SELECT count(*) AS lines, coalesce(max(customer_key), 0) AS last_key
FROM star.fact_sale
