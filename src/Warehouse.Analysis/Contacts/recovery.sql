-- Grain: one row per kind of prior behaviour and fate of a complaint: customers who complained and had it resolved within the days
-- allowed, who complained and had not, and who did not complain; how many there are and what they did in the days that follow.
-- Of each customer the first complaint counts that leaves time to see what follows, and only if he was a customer by then: he had
-- bought in the year before. Those who did not complain are taken at the same months, once for each month in which they were customers.
-- Everybody is followed from the same moment, the end of the days allowed, so that nobody wins time by having been helped.
WITH purchase AS (
    SELECT customer_key, order_id, min(date_key) AS bought_on, sum(net_amount) AS amount
    FROM star.sale_version
    WHERE date_key <= $as_of
      AND known_at < $known_before
      AND known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
      AND NOT is_return
      AND customer_key IN (SELECT customer_key FROM temp.customer_activity)
    GROUP BY customer_key, order_id
),
complaint AS (
    SELECT
        customer_key,
        date_key AS happened_on,
        coalesce(resolved_at < least(opened_at + to_days($resolve_days), $ends_at), is_resolved AND resolved_at IS NULL) AS is_resolved
    FROM star.contact_version
    WHERE is_complaint
      AND customer_key <> -1
      AND date_key <= $as_of
      AND known_at < $known_before
      AND known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
),
case_of AS (
    SELECT customer_key, happened_on, is_resolved
    FROM complaint
    WHERE happened_on >= $first_date AND happened_on + CAST($resolve_days + $follow_days AS INTEGER) <= $as_of
    QUALIFY row_number() OVER (PARTITION BY customer_key ORDER BY happened_on, is_resolved) = 1
),
month AS (
    SELECT DISTINCT CAST(date_trunc('month', happened_on) AS DATE) AS month_on
    FROM case_of
),
person AS (
    SELECT case_of.customer_key, CAST(date_trunc('month', happened_on) AS DATE) AS month_on, happened_on, CASE WHEN is_resolved THEN 'resolved' ELSE 'unresolved' END AS fate
    FROM case_of
    UNION ALL
    SELECT activity.customer_key, month.month_on, month.month_on + 14, 'none'
    FROM temp.customer_activity AS activity
    JOIN month ON activity.first_on < month.month_on + 14
    WHERE activity.customer_key NOT IN (SELECT customer_key FROM complaint)
),
seen AS (
    SELECT
        person.customer_key,
        person.month_on,
        person.happened_on,
        person.fate,
        count(*) FILTER (purchase.bought_on < person.happened_on AND purchase.bought_on >= person.happened_on - 365) AS orders_before,
        sum(purchase.amount) FILTER (purchase.bought_on < person.happened_on AND purchase.bought_on >= person.happened_on - 365) AS amount_before,
        max(purchase.bought_on) FILTER (purchase.bought_on < person.happened_on) AS last_before,
        count(*) FILTER (purchase.bought_on > person.happened_on + CAST($resolve_days AS INTEGER) AND purchase.bought_on <= person.happened_on + CAST($resolve_days + $follow_days AS INTEGER)) AS orders_after,
        coalesce(sum(purchase.amount) FILTER (purchase.bought_on > person.happened_on + CAST($resolve_days AS INTEGER) AND purchase.bought_on <= person.happened_on + CAST($resolve_days + $follow_days AS INTEGER)), 0) AS amount_after
    FROM person
    JOIN purchase ON purchase.customer_key = person.customer_key
    GROUP BY person.customer_key, person.month_on, person.happened_on, person.fate
)
SELECT
    fate,
    CAST(dense_rank() OVER (ORDER BY month_on, orders_kind, recency_kind, amount_kind) AS INTEGER) AS kind,
    count(*) AS customers,
    count(*) FILTER (orders_after > 0) AS retained,
    CAST(sum(amount_after) AS DOUBLE) AS amount,
    CAST(sum(CAST(amount_after AS DOUBLE) * CAST(amount_after AS DOUBLE)) AS DOUBLE) AS amount_squared
FROM (
    SELECT
        *,
        CASE WHEN orders_before = 1 THEN 1 WHEN orders_before = 2 THEN 2 WHEN orders_before <= 4 THEN 3 WHEN orders_before <= 9 THEN 5 ELSE 10 END AS orders_kind,
        CASE WHEN happened_on - last_before <= 14 THEN 14 WHEN happened_on - last_before <= 60 THEN 60 WHEN happened_on - last_before <= 180 THEN 180 ELSE 365 END AS recency_kind,
        CAST(least(8, greatest(0, floor(log2(greatest(amount_before, 1) / 10)))) AS INTEGER) AS amount_kind
    FROM seen
    WHERE orders_before > 0
)
GROUP BY fate, month_on, orders_kind, recency_kind, amount_kind
ORDER BY kind, fate
