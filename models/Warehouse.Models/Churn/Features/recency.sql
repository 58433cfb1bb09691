-- Grain: one row per customer. How long ago the first and the last purchase of the lookback were.
SELECT
    place,
    $as_of - last_purchase AS recency_days,
    $as_of - first_purchase AS tenure_days,
    CAST($as_of - last_purchase AS DOUBLE) / ($as_of - first_purchase) AS recency_share
FROM temp.churn_customer
