-- Grain: one row per standing. What counts and what is left out, of customer_sales.
SELECT standing, count(*) AS customers, sum(revenue) AS revenue, sum(value) AS value, max(last_purchase) AS last_purchase
FROM temp.customer_sales
GROUP BY standing
