-- Grain: one row per customer. What a purchase looks like (lines, units, prices, discounts), what comes back, and by
-- which channel the customer buys: that of most days, the first by name among equals (code counts them from the last).
WITH total AS (
    SELECT
        customer_key,
        CAST(sum(lines) AS DOUBLE) AS lines,
        CAST(sum(units) AS DOUBLE) AS units,
        CAST(sum(spent) AS DOUBLE) AS spent,
        CAST(sum(discount) AS DOUBLE) AS discount,
        CAST(sum(return_lines) AS DOUBLE) AS return_lines,
        CAST(sum(returned) AS DOUBLE) AS returned,
        max(date_key) FILTER (return_lines > 0) AS last_return,
        CAST(arg_max(lines, date_key) FILTER (lines > 0) AS DOUBLE) AS last_lines
    FROM temp.churn_day
    GROUP BY customer_key
),
channel AS (
    SELECT channel_key, channel, dense_rank() OVER (ORDER BY channel DESC) AS code
    FROM star.dim_channel
),
by_channel AS (
    SELECT customer_key, code, count(*) AS days
    FROM temp.churn_day
    JOIN channel USING (channel_key)
    WHERE lines > 0
    GROUP BY customer_key, code
),
main_channel AS (
    SELECT
        customer_key,
        max(days * 4294967296 + code) % 4294967296 AS code,
        CAST(max(days) AS DOUBLE) / CAST(sum(days) AS DOUBLE) AS share,
        count(*) AS channels
    FROM by_channel
    GROUP BY customer_key
)
SELECT
    place,
    lines / purchase_days AS lines_per_day,
    last_lines,
    units / lines AS units_per_line,
    CASE WHEN units > 0 THEN spent / units END AS price_per_unit,
    CASE WHEN spent + discount > 0 THEN discount / (spent + discount) END AS discount_share,
    return_lines,
    CASE WHEN spent > 0 THEN -returned / spent END AS returned_share,
    $as_of - last_return AS days_since_return,
    channel AS main_channel,
    share AS main_channel_share,
    channels
FROM total
JOIN temp.churn_customer USING (customer_key)
JOIN main_channel USING (customer_key)
JOIN channel USING (code)
