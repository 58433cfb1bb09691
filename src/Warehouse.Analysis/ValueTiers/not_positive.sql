-- Grain: one row. The customers with a purchase whose value is zero or less.
SELECT count(*) AS customers, coalesce(sum(revenue), 0) AS revenue, coalesce(sum(value), 0) AS value
FROM temp.customer_sales
WHERE standing = 'counted' AND value <= 0
