-- Grain: one row per stage that has a customer.
SELECT stage.stage, count(*) AS customers, coalesce(sum(activity.orders), 0)::BIGINT AS orders, avg(activity.overdue) AS mean_overdue
FROM temp.customer_stage AS stage
JOIN temp.customer_activity AS activity USING (customer_key)
GROUP BY stage.stage
