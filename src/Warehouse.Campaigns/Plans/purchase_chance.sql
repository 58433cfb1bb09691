-- Grain: one row per candidate: the chance that he buys within a window without being asked, what he spends then, and what he did
-- in a window of the same length that ends with the as-of date. The chance is that of customers who were alike at the beginning of
-- that window (in days since the last purchase and in orders), drawn by 10 customers towards the share of all.
-- Parameters: $as_of, $known_before (an instant, exclusive), $days (of the window).
CREATE OR REPLACE TEMP TABLE purchase_chance AS
WITH sold AS (
    SELECT customer_key, date_key, order_id, net_amount, is_return, date_key > CAST($as_of AS DATE) - CAST($days AS INTEGER) AS is_in_window
    FROM star.fact_sale
    WHERE date_key <= $as_of AND known_at < $known_before AND customer_key <> -1
),
person AS (
    SELECT
        person.customer_key,
        least(5, count(DISTINCT sold.order_id) FILTER (NOT sold.is_return)) AS orders_now,
        floor(log2(1 + coalesce(CAST($as_of AS DATE) - max(sold.date_key) FILTER (NOT sold.is_return), 100000))) AS recency_now,
        least(5, count(DISTINCT sold.order_id) FILTER (NOT sold.is_return AND NOT sold.is_in_window)) AS orders_then,
        floor(log2(1 + coalesce(CAST($as_of AS DATE) - CAST($days AS INTEGER) - max(sold.date_key) FILTER (NOT sold.is_return AND NOT sold.is_in_window), 100000))) AS recency_then,
        count(*) FILTER (NOT sold.is_return AND sold.is_in_window) > 0 AS has_bought,
        coalesce(sum(sold.net_amount) FILTER (sold.is_in_window), 0)::DOUBLE AS spent,
        coalesce(sum(sold.net_amount), 0)::DOUBLE AS spent_ever,
        count(DISTINCT sold.order_id) FILTER (NOT sold.is_return) AS orders_ever
    FROM temp.segment_person AS person
    LEFT JOIN sold ON sold.customer_key = person.customer_key
    GROUP BY person.customer_key
),
usual AS (
    SELECT avg(CAST(has_bought AS INTEGER)) AS chance, coalesce(sum(spent_ever) / nullif(sum(orders_ever), 0), 0) AS basket FROM person
),
alike AS (
    SELECT
        orders_then AS orders_now, recency_then AS recency_now,
        (count(*) FILTER (has_bought) + 10 * any_value(usual.chance)) / (count(*) + 10) AS chance
    FROM person
    CROSS JOIN usual
    GROUP BY orders_then, recency_then
)
SELECT
    person.customer_key, person.has_bought, person.spent,
    coalesce(alike.chance, usual.chance) AS chance,
    greatest(0, (person.spent_ever + 3 * usual.basket) / (person.orders_ever + 3)) AS basket
FROM person
CROSS JOIN usual
LEFT JOIN alike ON alike.orders_now = person.orders_now AND alike.recency_now = person.recency_now
