-- Grain: one row per customer and business date with a sale line, as far as it was known when the as-of date began.
-- The one scan of the sale lines: every family about purchases reads these days. Sums are decimals, so that they are the
-- same whatever the order of rows. gap: days since the customer's purchase before, NULL for the first; the window leaves
-- each customer's days side by side, which halves the time of every aggregate over them.
CREATE OR REPLACE TEMP TABLE churn_day AS
WITH sale_day AS (
    SELECT
        coalesce(before.customer_key, sale.customer_key) AS customer_key,
        date_key,
        coalesce(sum(net_amount) FILTER (NOT is_return), 0) AS spent,
        coalesce(sum(net_amount) FILTER (is_return), 0) AS returned,
        sum(discount_amount) AS discount,
        count(*) FILTER (NOT is_return) AS lines,
        count(*) FILTER (is_return) AS return_lines,
        coalesce(sum(quantity) FILTER (NOT is_return), 0) AS units,
        max(channel_key) FILTER (NOT is_return) AS channel_key
    FROM star.sale_version AS sale
    LEFT JOIN temp.churn_identity AS before USING (identity_key)
    WHERE sale.customer_key >= 0
      AND date_key >= $first_date
      AND date_key < $as_of
      AND ordered_at < $known_before
      AND known_at < $known_before
      AND known_to >= $known_before
    GROUP BY coalesce(before.customer_key, sale.customer_key), date_key
)
SELECT
    customer_key,
    date_key,
    CAST(spent AS DECIMAL(18, 4)) AS spent,
    CAST(returned AS DECIMAL(18, 4)) AS returned,
    CAST(discount AS DECIMAL(18, 4)) AS discount,
    CAST(lines AS INTEGER) AS lines,
    CAST(return_lines AS INTEGER) AS return_lines,
    CAST(units AS DECIMAL(18, 4)) AS units,
    channel_key,
    CASE WHEN lines > 0 THEN date_key - lag(date_key) OVER (PARTITION BY customer_key, lines > 0 ORDER BY date_key) END AS gap
FROM sale_day
