-- Grain: one row per customer with at least two days of purchase. The gaps between them, and how the time since the last
-- one compares with the customer's own gaps. Sums are of whole numbers, so that they are the same in any order.
WITH customer_gap AS (
    SELECT
        customer_key,
        count(*) AS gaps,
        sum(gap) AS total,
        sum(gap * gap) AS squares,
        max(gap) AS longest,
        arg_max(gap, date_key) AS last
    FROM temp.churn_day
    WHERE gap IS NOT NULL
    GROUP BY customer_key
)
SELECT
    place,
    CAST(total AS DOUBLE) / gaps AS gap_mean_days,
    sqrt(greatest(0, CAST(squares AS DOUBLE) / gaps - (CAST(total AS DOUBLE) / gaps) ** 2)) AS gap_deviation_days,
    longest AS gap_longest_days,
    CAST(last AS DOUBLE) * gaps / CAST(total AS DOUBLE) AS gap_last_ratio,
    ($as_of - last_purchase) * CAST(gaps AS DOUBLE) / CAST(total AS DOUBLE) AS overdue_ratio,
    ($as_of - last_purchase) / CAST(longest AS DOUBLE) AS overdue_longest_ratio
FROM customer_gap
JOIN temp.churn_customer USING (customer_key)
