-- Grain: one row per tier that has a customer.
SELECT tier, count(*) AS customers, sum(value) AS value, sum(revenue) AS revenue, min(value) AS least, max(value) AS most
FROM temp.customer_tier
GROUP BY tier
