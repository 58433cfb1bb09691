-- Grain: one row per person known on the as-of date, bought or not; test customers and the unknown customer are none.
-- What he did: purchases by order (lines that are no return), his rhythm, his spend of late against before, open complaints. One
-- customer alone is asked for with the usual rhythm of all.
CREATE OR REPLACE TEMP TABLE customer_activity AS
WITH person AS (
    SELECT
        customer_key,
        arg_max(is_test, valid_from) AS is_test,
        bool_or(NOT is_inferred) AS is_described
    FROM star.dim_customer
    WHERE customer_key <> -1 AND valid_from < $ends_at AND known_at < $known_before
      AND (registered_on IS NULL OR registered_on <= $as_of)
      AND ($of_customer IS NULL OR customer_key = $of_customer)
    GROUP BY customer_key
),
buyer AS (
    SELECT customer_key, purchases AS orders, first_on, last_on, first_at, last_at, recent_amount, previous_amount
    FROM customer_history(DATE '0001-01-01', DATE '0001-01-01', $as_of, $known_before, false, false, $recent_after, $previous_after)
    WHERE customer_key <> -1 AND purchases > 0
      AND ($of_customer IS NULL OR customer_key = $of_customer)
),
complaint AS (
    SELECT customer_key, count(*) AS open_complaints
    FROM star.contact_version
    WHERE is_complaint
      AND ($of_customer IS NULL OR customer_key = $of_customer)
      AND date_key <= $as_of
      AND known_at < $known_before
      AND known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
      AND coalesce(resolved_at, TIMESTAMPTZ '9999-12-31 00:00:00+00') >= $ends_at
      AND coalesce(closed_at, TIMESTAMPTZ '9999-12-31 00:00:00+00') >= $ends_at
      AND opened_at >= $ends_at - INTERVAL 1 YEAR
    GROUP BY customer_key
),
usual AS (
    SELECT coalesce($usual_days, usual_days(orders, first_on, last_on)) AS days
    FROM buyer
)
SELECT
    coalesce(person.customer_key, buyer.customer_key) AS customer_key,
    coalesce(buyer.orders, 0) AS orders,
    buyer.first_on,
    buyer.last_on,
    buyer.first_at,
    buyer.last_at,
    CAST($as_of - buyer.first_on AS DOUBLE) AS tenure_days,
    CAST($as_of - buyer.last_on AS DOUBLE) AS recency_days,
    -- One interval of the usual length is added to his own, so that two purchases on two days make no daily customer.
    (buyer.last_on - buyer.first_on + usual.days) / buyer.orders AS rhythm_days,
    ($as_of - buyer.last_on) * buyer.orders / (buyer.last_on - buyer.first_on + usual.days) AS overdue,
    CASE WHEN buyer.first_on <= $previous_after AND buyer.previous_amount > 0
        THEN CAST(buyer.recent_amount AS DOUBLE) / CAST(buyer.previous_amount AS DOUBLE) END AS trend,
    CAST(coalesce(complaint.open_complaints, 0) AS DOUBLE) AS open_complaints
FROM person
FULL JOIN buyer ON buyer.customer_key = person.customer_key
LEFT JOIN complaint ON complaint.customer_key = coalesce(person.customer_key, buyer.customer_key)
CROSS JOIN usual
WHERE NOT coalesce(person.is_test, false)
  AND (buyer.customer_key IS NOT NULL OR person.is_described)
