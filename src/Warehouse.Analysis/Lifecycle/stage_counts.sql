-- Grain: one row per stage that has a customer. The mean is of decimals: the same in any order.
SELECT stage.stage, count(*) AS customers, coalesce(sum(activity.orders), 0)::BIGINT AS orders, avg(CAST(activity.overdue AS DECIMAL(38,9))) AS mean_overdue
FROM temp.customer_stage AS stage
JOIN temp.customer_activity AS activity USING (customer_key)
GROUP BY stage.stage
