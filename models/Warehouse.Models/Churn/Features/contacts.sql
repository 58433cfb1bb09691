-- Grain: one row per customer. A milestone counts once it was reached before the as-of date; a
-- satisfaction counts once the case had an answer. A complaint « since the last purchase » was opened on its day or later.
WITH contact AS (
    SELECT
        place,
        date_key,
        date_key >= last_purchase AS since_purchase,
        is_complaint,
        waiting_seconds,
        answered_at < $known_before AS is_answered,
        coalesce(is_resolved AND resolved_at < $known_before, false) AS is_resolved,
        CASE
            WHEN is_resolved AND resolved_at < $known_before THEN date_diff('second', opened_at, resolved_at)
            ELSE date_diff('second', opened_at, $known_before)
        END / 86400.0 AS days_open,
        CASE WHEN coalesce(closed_at, resolved_at, answered_at) < $known_before THEN satisfaction END AS satisfaction,
        reopened_at < $known_before AS is_reopened,
        opened_at
    FROM star.contact_version AS fact
    LEFT JOIN temp.churn_identity AS before USING (identity_key)
    JOIN temp.churn_customer AS customer ON customer.customer_key = coalesce(before.customer_key, fact.customer_key)
    WHERE date_key >= $first_date
      AND opened_at < $known_before
      AND known_at < $known_before
      AND known_to >= $known_before
),
customer_contact AS (
    SELECT
        place,
        count(*) FILTER (date_key >= $as_of - 90) AS contacts_90,
        count(*) FILTER (date_key >= $as_of - 365) AS contacts_365,
        count(*) FILTER (is_complaint AND date_key >= $as_of - 365) AS complaints_365,
        count(*) FILTER (is_complaint AND NOT is_resolved) AS complaints_unresolved,
        count(*) FILTER (is_complaint AND since_purchase) AS complaints_since_purchase,
        count(*) FILTER (is_complaint AND since_purchase AND NOT is_resolved) AS unresolved_since_purchase,
        max(days_open) FILTER (is_complaint AND since_purchase) AS complaint_days_open,
        max(date_key) FILTER (is_complaint) AS last_complaint,
        count(*) FILTER (is_reopened) AS contacts_reopened,
        CAST(sum(waiting_seconds) FILTER (is_answered) AS DOUBLE) / count(waiting_seconds) FILTER (is_answered) AS waiting_seconds,
        arg_max(satisfaction, opened_at) AS satisfaction_last,
        CAST(sum(satisfaction) AS DOUBLE) / count(satisfaction) AS satisfaction_mean
    FROM contact
    GROUP BY place
)
SELECT
    place,
    coalesce(contacts_90, 0) AS contacts_90,
    coalesce(contacts_365, 0) AS contacts_365,
    coalesce(complaints_365, 0) AS complaints_365,
    coalesce(complaints_unresolved, 0) AS complaints_unresolved,
    coalesce(complaints_since_purchase, 0) AS complaints_since_purchase,
    coalesce(unresolved_since_purchase, 0) AS unresolved_since_purchase,
    complaint_days_open,
    $as_of - last_complaint AS days_since_complaint,
    coalesce(contacts_reopened, 0) AS contacts_reopened,
    waiting_seconds,
    satisfaction_last,
    satisfaction_mean
FROM temp.churn_customer
LEFT JOIN customer_contact USING (place)
