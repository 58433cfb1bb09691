-- Grain: one row per customer with a sale line that counts; the unknown customer (-1) is one of them.
-- What the analyses ask of the facts, said once: each takes the columns that it needs, and the engine computes no others.
-- Purchases by order first, because counting distinct orders costs more; a return belongs to no order, and lowers what the customer
-- brought. Facts before from_date are not read at all. What is asked of a window that begins with all time is not asked of each line.
CREATE OR REPLACE TEMP MACRO customer_history(from_date, first_date, as_of, known_before, with_returns, by_margin, recent_after, previous_after) AS TABLE
WITH known_line AS NOT MATERIALIZED (
    SELECT
        customer_key, order_id, date_key, ordered_at, is_return, net_amount,
        CASE WHEN first_date <= from_date OR date_key >= first_date THEN date_key END AS window_date,
        CASE WHEN first_date <= from_date OR date_key >= first_date THEN net_amount END AS window_amount,
        CASE WHEN by_margin AND (first_date <= from_date OR date_key >= first_date) THEN net_amount - cost_amount END AS margin
    FROM star.sale_version
    WHERE date_key >= from_date
      AND date_key <= as_of
      AND known_at < known_before
      AND known_to >= least(known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
),
customer_order AS (
    SELECT
        customer_key,
        order_id,
        max(window_date) AS purchased_on,
        sum(window_amount) AS window_amount,
        sum(margin) AS margin,
        min(date_key) AS bought_on,
        min(ordered_at) AS bought_at,
        sum(net_amount) AS amount
    FROM known_line
    WHERE NOT is_return
    GROUP BY customer_key, order_id
),
customer_part AS (
    SELECT
        customer_key, purchased_on, margin, bought_on, bought_at, amount,
        CASE WHEN first_date <= from_date THEN amount ELSE window_amount END AS revenue
    FROM customer_order
    UNION ALL BY NAME
    SELECT customer_key, margin, window_amount AS revenue
    FROM known_line
    WHERE is_return AND with_returns
),
customer AS (
    SELECT
        customer_key,
        max(purchased_on) AS last_purchase,
        count(purchased_on) AS window_orders,
        sum(revenue) AS revenue,
        sum(margin) AS margin,
        count(bought_on) AS purchases,
        min(bought_on) AS first_on,
        max(bought_on) AS last_on,
        min(bought_at) AS first_at,
        max(bought_at) AS last_at,
        sum(CASE WHEN bought_on > recent_after THEN amount END) AS recent_amount,
        sum(CASE WHEN bought_on > previous_after AND bought_on <= recent_after THEN amount END) AS previous_amount
    FROM customer_part
    GROUP BY customer_key
)
SELECT
    customer_key,
    -- Of the window that begins with first_date.
    last_purchase,
    CASE WHEN first_date <= from_date THEN purchases ELSE window_orders END AS orders,
    CAST(revenue AS DECIMAL(38,4)) AS revenue,
    CAST(coalesce(CASE WHEN by_margin THEN margin ELSE revenue END, 0) AS DECIMAL(38,4)) AS value,
    -- Since from_date, of orders with a line that is no return.
    purchases,
    first_on,
    last_on,
    first_at,
    last_at,
    coalesce(recent_amount, 0) AS recent_amount,
    coalesce(previous_amount, 0) AS previous_amount
FROM customer
;

-- Days between purchases over all who bought again: what is expected of a customer whose own rhythm is not known yet.
CREATE OR REPLACE TEMP MACRO usual_days(purchases, first_on, last_on) AS
    coalesce(sum(last_on - first_on) FILTER (last_on > first_on) / nullif(sum(purchases - 1) FILTER (last_on > first_on), 0), 90)
