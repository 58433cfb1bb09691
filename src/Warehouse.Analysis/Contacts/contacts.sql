-- Grain: one row per topic, agent, channel or value tier of the contacts of a window, the most contacts first.
-- Resolved at first contact: resolved, and the customer did not come back with the same topic within the days that count as a repeat.
WITH contact AS (
    SELECT
        contact.customer_key,
        contact.reason_key,
        contact.opened_at,
        contact.is_complaint,
        contact.satisfaction,
        contact.waiting_seconds,
        contact.is_answered AND coalesce(contact.answered_at < $ends_at, true) AS is_answered,
        coalesce(contact.resolved_at < $ends_at, contact.is_resolved AND contact.resolved_at IS NULL) AS is_resolved,
        CASE $by
            WHEN 'topic' THEN reason.topic
            WHEN 'agent' THEN agent.agent_id
            WHEN 'channel' THEN channel.channel
            WHEN 'tier' THEN coalesce(snapshot.value_tier, '(none)')
        END AS name
    FROM star.contact_version AS contact
    LEFT JOIN star.dim_reason AS reason ON reason.reason_key = contact.reason_key
    LEFT JOIN star.dim_agent AS agent ON agent.agent_key = contact.agent_key
    LEFT JOIN star.dim_channel AS channel ON channel.channel_key = contact.channel_key
    LEFT JOIN mart.customer_snapshot AS snapshot
        ON snapshot.customer_key = contact.customer_key
        AND snapshot.as_of = (SELECT max(as_of) FROM mart.snapshot WHERE as_of <= $as_of)
    WHERE contact.date_key >= $first_date AND contact.date_key <= $as_of
      AND contact.known_at < $known_before
      AND contact.known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
),
followed AS (
    SELECT
        *,
        customer_key <> -1 AND lead(opened_at) OVER same < opened_at + to_days($repeat_days) AS comes_back,
        customer_key <> -1 AND lag(opened_at) OVER same > opened_at - to_days($repeat_days) AS is_repeat
    FROM contact
    WINDOW same AS (PARTITION BY customer_key, reason_key ORDER BY opened_at)
)
SELECT
    name,
    count(*) AS contacts,
    count(*) FILTER (is_complaint) AS complaints,
    count(*) FILTER (is_answered) AS answered,
    count(*) FILTER (is_answered AND waiting_seconds <= $within_seconds) AS answered_in_time,
    CAST(median(waiting_seconds) AS DOUBLE) AS median_waiting,
    count(*) FILTER (is_resolved) AS resolved,
    count(*) FILTER (is_resolved AND NOT coalesce(comes_back, false) AND NOT coalesce(is_repeat, false)) AS resolved_at_first,
    count(*) FILTER (coalesce(is_repeat, false)) AS repeats,
    avg(satisfaction) AS satisfaction,
    count(satisfaction) AS answers
FROM followed
GROUP BY name
ORDER BY contacts DESC, name
