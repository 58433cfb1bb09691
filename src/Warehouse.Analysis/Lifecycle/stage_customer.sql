-- Grain: one row per person known on the as-of date, in the order of the keys, with what put him into his stage.
SELECT
    stage.customer_key,
    coalesce(customer.customer_id, '(unknown)') AS customer_id,
    stage.stage,
    activity.orders,
    activity.tenure_days,
    activity.recency_days,
    activity.rhythm_days,
    activity.overdue,
    activity.trend,
    activity.open_complaints,
    stage.churn_probability
FROM temp.customer_stage AS stage
JOIN temp.customer_activity AS activity USING (customer_key)
LEFT JOIN star.dim_customer AS customer ON customer.customer_key = stage.customer_key AND customer.is_current
ORDER BY stage.customer_key
