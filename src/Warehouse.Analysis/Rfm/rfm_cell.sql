-- Grain: one row per cell of scores that has a customer.
SELECT
    recency_score, frequency_score, monetary_score,
    count(*) AS customers,
    sum(revenue) AS revenue,
    sum(monetary) AS monetary,
    CAST(sum(recency_days) AS BIGINT) AS recency_days,
    CAST(sum(frequency) AS BIGINT) AS frequency,
    min(recency_days) AS least_recency_days, max(recency_days) AS most_recency_days,
    min(frequency) AS least_frequency, max(frequency) AS most_frequency,
    min(monetary) AS least_monetary, max(monetary) AS most_monetary
FROM temp.rfm_score
GROUP BY recency_score, frequency_score, monetary_score
ORDER BY recency_score, frequency_score, monetary_score
