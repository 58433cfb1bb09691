-- Grain: one row per member of the segment (temp.segment_found), with every reason to leave him out that holds at an instant.
-- Parameters: $channel, $at (the instant of the launch), $campaign, $wave, $starts_on, $ends_on (exclusive),
-- $cap_touches, $cap_since, $cap_channel (lists of equal length; a channel of '' counts all), $held_out_seed, $held_out (millionths).
CREATE OR REPLACE TEMP TABLE campaign_candidate AS
WITH permission AS (
    SELECT customer_key, is_granted
    FROM star.permission_as_of($at)
    WHERE channel = $channel AND purpose = 'marketing'
),
complaining AS (
    SELECT DISTINCT customer_key
    FROM star.fact_contact
    WHERE is_complaint AND opened_at <= $at AND known_at <= $at
      AND NOT (is_resolved AND coalesce(resolved_at, opened_at) <= $at)
),
drawn AS (
    SELECT touch.customer_key, touch.arm, touch.assigned_at, touch.bounced_at, campaign.channel, campaign.starts_on, campaign.ends_on
    FROM star.fact_touch AS touch
    JOIN star.dim_campaign AS campaign ON campaign.campaign_key = touch.campaign_key
    WHERE touch.assigned_at <= $at AND NOT (campaign.campaign_id = $campaign AND campaign.wave = $wave)
),
cap AS (
    SELECT unnest($cap_touches::INTEGER[]) AS touches, unnest($cap_since::TIMESTAMPTZ[]) AS since, unnest($cap_channel::VARCHAR[]) AS channel
),
capped AS (
    SELECT DISTINCT customer_key
    FROM (
        SELECT drawn.customer_key
        FROM cap
        JOIN drawn ON drawn.arm <> 'control' AND drawn.assigned_at > cap.since AND cap.channel IN ('', drawn.channel)
        GROUP BY drawn.customer_key, cap.touches, cap.since, cap.channel
        HAVING count(*) >= cap.touches
    )
),
elsewhere AS (
    SELECT DISTINCT customer_key FROM drawn WHERE starts_on < $ends_on AND ends_on > $starts_on
),
bounced AS (
    SELECT customer_key, max(bounced_at) AS bounced_at
    FROM drawn
    WHERE channel = $channel AND bounced_at <= $at
    GROUP BY customer_key
)
SELECT
    person.* EXCLUDE (value, revenue, allows),
    found.value,
    found.reason,
    forgotten.customer_key IS NOT NULL AS erased,
    coalesce(NOT permission.is_granted, false) AS opted_out,
    permission.is_granted IS NULL AS no_consent,
    md5_number_lower($held_out_seed || ':' || person.customer_id) % 1000000 < $held_out AS held_out,
    CASE $channel WHEN 'email' THEN contact.email WHEN 'post' THEN contact.street ELSE contact.phone END IS NULL
        OR ($channel = 'email' AND NOT regexp_full_match(contact.email, '[^@\s]+@[^@\s]+\.[^@\s]+'))
        OR coalesce(bounced.bounced_at >= contact.known_at, false) AS undeliverable,
    complaining.customer_key IS NOT NULL AS open_complaint,
    elsewhere.customer_key IS NOT NULL AS other_experiment,
    capped.customer_key IS NOT NULL AS contacted_too_often
FROM temp.segment_found AS found
JOIN temp.segment_person AS person ON person.customer_key = found.customer_key
LEFT JOIN (SELECT DISTINCT customer_key FROM ops.forgotten_customer) AS forgotten ON forgotten.customer_key = found.customer_key
LEFT JOIN permission ON permission.customer_key = found.customer_key
LEFT JOIN star.customer_contact AS contact ON contact.customer_key = found.customer_key
LEFT JOIN complaining ON complaining.customer_key = found.customer_key
LEFT JOIN elsewhere ON elsewhere.customer_key = found.customer_key
LEFT JOIN capped ON capped.customer_key = found.customer_key
LEFT JOIN bounced ON bounced.customer_key = found.customer_key
WHERE found.is_member
