-- Grain: one row per customer with a sale line that counts; the unknown customer (-1) is one of them.
-- What the analyses ask of the facts, said once: each takes the columns that it needs, and the engine computes no others.
-- By order first, because counting distinct orders costs more. Facts before from_date are not read at all.
CREATE OR REPLACE TEMP MACRO customer_history(from_date, first_date, as_of, known_before, with_returns, by_margin, recent_after, previous_after) AS TABLE
WITH customer_order AS (
    SELECT
        customer_key,
        order_id,
        max(date_key) FILTER (NOT is_return AND date_key >= first_date) AS purchased_on,
        sum(net_amount) FILTER (date_key >= first_date) AS revenue,
        sum(CASE WHEN by_margin THEN net_amount - cost_amount ELSE net_amount END) FILTER (date_key >= first_date) AS value,
        min(date_key) FILTER (NOT is_return) AS bought_on,
        min(ordered_at) FILTER (NOT is_return) AS bought_at,
        sum(net_amount) FILTER (NOT is_return) AS amount
    FROM star.sale_version
    WHERE date_key >= from_date
      AND date_key <= as_of
      AND known_at < known_before
      AND known_to >= least(known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
      AND (NOT is_return OR with_returns)
    GROUP BY customer_key, order_id
)
SELECT
    customer_key,
    -- Of the window that begins with first_date.
    max(purchased_on) AS last_purchase,
    count(purchased_on) AS orders,
    CAST(sum(revenue) AS DECIMAL(38,4)) AS revenue,
    CAST(coalesce(sum(value), 0) AS DECIMAL(38,4)) AS value,
    -- Since from_date, of orders with a line that is no return.
    count(bought_on) AS purchases,
    min(bought_on) AS first_on,
    max(bought_on) AS last_on,
    min(bought_at) AS first_at,
    max(bought_at) AS last_at,
    coalesce(sum(amount) FILTER (bought_on > recent_after), 0) AS recent_amount,
    coalesce(sum(amount) FILTER (bought_on > previous_after AND bought_on <= recent_after), 0) AS previous_amount
FROM customer_order
GROUP BY customer_key
;

-- Days between purchases over all who bought again: what is expected of a customer whose own rhythm is not known yet.
CREATE OR REPLACE TEMP MACRO usual_days(purchases, first_on, last_on) AS
    coalesce(sum(last_on - first_on) FILTER (last_on > first_on) / nullif(sum(purchases - 1) FILTER (last_on > first_on), 0), 90)
