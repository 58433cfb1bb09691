-- Grain: one row per week since the first sale, in order: customers who came in it, and repeat purchases until its end.
WITH placed AS (
    SELECT
        (epoch(purchase.bought_at) - epoch(min(activity.first_at) OVER ())) / 604800 AS week_at,
        purchase.bought_at = activity.first_at AS is_first
    FROM temp.purchase AS purchase
    JOIN temp.customer_activity AS activity ON activity.customer_key = purchase.customer_key
),
week AS (
    SELECT CAST(floor(week_at) AS INTEGER) AS week, count(*) FILTER (is_first) AS came, count(*) FILTER (NOT is_first) AS repeats
    FROM placed
    GROUP BY week
)
SELECT week, came, CAST(sum(repeats) OVER (ORDER BY week) AS BIGINT) AS cumulative_repeats
FROM week
ORDER BY week
