-- Grain: one row per candidate: the chance that he buys within a window without being asked, what he spends then, and what he did
-- in a window of the same length that ends with the as-of date. The chance is that of customers who were alike at the beginning of
-- that window (in days since the last purchase and in orders), drawn by 10 customers towards the share of all.
-- Parameters: $as_of, $known_before (an instant, exclusive), $days (of the window).
CREATE OR REPLACE TEMP TABLE purchase_chance AS
WITH placed AS (
    -- By order first, because counting distinct orders costs more.
    SELECT
        customer_key,
        order_id,
        max(date_key) FILTER (NOT is_return) AS bought_on,
        max(date_key) FILTER (NOT is_return AND date_key <= CAST($as_of AS DATE) - CAST($days AS INTEGER)) AS bought_before,
        sum(net_amount) FILTER (date_key > CAST($as_of AS DATE) - CAST($days AS INTEGER)) AS spent,
        sum(net_amount) AS spent_ever
    FROM star.fact_sale
    WHERE date_key <= $as_of AND known_at < $known_before AND customer_key <> -1
    GROUP BY customer_key, order_id
),
sold AS (
    SELECT
        customer_key,
        count(bought_on) AS orders_ever,
        count(bought_before) AS orders_before,
        CAST($as_of AS DATE) - max(bought_on) AS days_since,
        CAST($as_of AS DATE) - CAST($days AS INTEGER) - max(bought_before) AS days_since_before,
        sum(spent) AS spent,
        sum(spent_ever) AS spent_ever
    FROM placed
    GROUP BY customer_key
),
person AS (
    SELECT
        person.customer_key,
        least(5, coalesce(sold.orders_ever, 0)) AS orders_now,
        floor(log2(1 + coalesce(sold.days_since, 100000))) AS recency_now,
        least(5, coalesce(sold.orders_before, 0)) AS orders_then,
        floor(log2(1 + coalesce(sold.days_since_before, 100000))) AS recency_then,
        coalesce(sold.days_since < CAST($days AS INTEGER), false) AS has_bought,
        coalesce(sold.spent, 0) AS spent,
        coalesce(sold.spent_ever, 0) AS spent_ever,
        coalesce(sold.orders_ever, 0) AS orders_ever
    FROM temp.segment_person AS person
    LEFT JOIN sold ON sold.customer_key = person.customer_key
),
usual AS (
    SELECT avg(CAST(has_bought AS INTEGER)) AS chance, coalesce(CAST(sum(spent_ever) AS DOUBLE) / nullif(sum(orders_ever), 0), 0) AS basket FROM person
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
    person.customer_key, person.has_bought, CAST(person.spent AS DOUBLE) AS spent,
    coalesce(alike.chance, usual.chance) AS chance,
    greatest(0, (CAST(person.spent_ever AS DOUBLE) + 3 * usual.basket) / (person.orders_ever + 3)) AS basket
FROM person
CROSS JOIN usual
LEFT JOIN alike ON alike.orders_now = person.orders_now AND alike.recency_now = person.recency_now
