-- Grain: one row per customer of the population, in the order of the keys.
SELECT
    score.customer_key,
    coalesce(customer.customer_id, '(unknown)') AS customer_id,
    score.recency_days, score.frequency, score.monetary, score.revenue,
    score.recency_score, score.frequency_score, score.monetary_score,
    score.segment
FROM temp.rfm_score AS score
LEFT JOIN star.dim_customer AS customer ON customer.customer_key = score.customer_key AND customer.is_current
ORDER BY score.customer_key
