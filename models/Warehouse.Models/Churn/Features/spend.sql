-- Grain: one row per customer. Days of purchase and their net amounts over several windows before the as-of date, their
-- trends, and the last purchase beside the others.
WITH total AS (
    SELECT
        customer_key,
        count(*) FILTER (date_key >= $as_of - 30) AS days_30,
        count(*) FILTER (date_key >= $as_of - 60) AS days_60,
        count(*) FILTER (date_key >= $as_of - 90) AS days_90,
        count(*) FILTER (date_key >= $as_of - 180) AS days_180,
        count(*) FILTER (date_key >= $as_of - 365) AS days_365,
        CAST(sum(spent) AS DOUBLE) AS spent,
        CAST(coalesce(sum(spent) FILTER (date_key >= $as_of - 30), 0) AS DOUBLE) AS spent_30,
        CAST(coalesce(sum(spent) FILTER (date_key >= $as_of - 90), 0) AS DOUBLE) AS spent_90,
        CAST(coalesce(sum(spent) FILTER (date_key >= $as_of - 180), 0) AS DOUBLE) AS spent_180,
        CAST(coalesce(sum(spent) FILTER (date_key >= $as_of - 365), 0) AS DOUBLE) AS spent_365,
        CAST(max(spent) AS DOUBLE) AS most,
        CAST(arg_max(spent, date_key) AS DOUBLE) AS last
    FROM temp.churn_day
    WHERE lines > 0
    GROUP BY customer_key
)
SELECT
    place,
    purchase_days,
    days_30 AS purchase_days_30,
    days_60 AS purchase_days_60,
    days_90 AS purchase_days_90,
    days_180 AS purchase_days_180,
    days_365 AS purchase_days_365,
    CAST(purchase_days AS DOUBLE) / (30 + $as_of - first_purchase) AS purchase_rate,
    2 * days_90 - days_180 AS purchase_days_trend,
    spent,
    spent_30,
    spent_90,
    spent_180,
    spent_365,
    2 * spent_90 - spent_180 AS spent_trend,
    spent / purchase_days AS spent_per_day,
    most AS spent_most,
    last AS spent_last,
    CASE WHEN spent > 0 THEN last * purchase_days / spent END AS spent_last_ratio
FROM total
JOIN temp.churn_customer USING (customer_key)
