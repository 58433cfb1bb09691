-- Grain: one row per customer. Messages of campaigns and what the customer did with them; a milestone counts once it was
-- reached before the as-of date.
WITH touch AS (
    SELECT
        coalesce(before.customer_key, fact.customer_key) AS customer_key,
        date_key,
        sent_at < $known_before AS is_sent,
        opened_at < $known_before AS is_opened,
        clicked_at < $known_before AS is_clicked,
        converted_at < $known_before AS is_converted,
        unsubscribed_at < $known_before AS is_unsubscribed
    FROM star.touch_version AS fact
    LEFT JOIN temp.churn_identity AS before USING (identity_key)
    WHERE fact.customer_key >= 0
      AND date_key >= $first_date
      AND assigned_at < $known_before
      AND known_at < $known_before
      AND known_to >= $known_before
),
customer_touch AS (
    SELECT
        customer_key,
        count(*) FILTER (is_sent AND date_key >= $as_of - 180) AS messages_180,
        count(*) FILTER (is_opened AND date_key >= $as_of - 180) AS messages_opened_180,
        count(*) FILTER (is_clicked AND date_key >= $as_of - 180) AS messages_clicked_180,
        count(*) FILTER (is_converted AND date_key >= $as_of - 365) AS offers_taken_365,
        count(*) FILTER (is_unsubscribed) AS unsubscribed,
        max(date_key) FILTER (is_sent) AS last_message
    FROM touch
    GROUP BY customer_key
)
SELECT
    place,
    coalesce(messages_180, 0) AS messages_180,
    coalesce(messages_opened_180, 0) AS messages_opened_180,
    coalesce(messages_clicked_180, 0) AS messages_clicked_180,
    coalesce(offers_taken_365, 0) AS offers_taken_365,
    coalesce(unsubscribed, 0) AS unsubscribed,
    $as_of - last_message AS days_since_message
FROM temp.churn_customer
LEFT JOIN customer_touch USING (customer_key)
