-- Replies to campaigns; what people allow as of one instant, as far as it was known at another.
ALTER TABLE star.fact_touch ADD COLUMN replied_at TIMESTAMPTZ;
ALTER TABLE star.fact_touch_history ADD COLUMN replied_at TIMESTAMPTZ;

DROP VIEW star.touch_version;
CREATE VIEW star.touch_version AS
SELECT *, TIMESTAMPTZ '9999-12-31 00:00:00+00' AS known_to, CAST(NULL AS INTEGER) AS ended_generation FROM star.fact_touch
UNION ALL BY NAME
SELECT * FROM star.fact_touch_history;

DROP MACRO TABLE star.permission_as_of;
CREATE MACRO star.permission_as_of(known_by, stated_by := NULL) AS TABLE
SELECT customer_key, channel, purpose, bool_and(is_granted) AS is_granted, max(stated_at) AS stated_at
FROM (
    SELECT customer_key, identity_key, channel, purpose, arg_max(is_granted, (stated_at, NOT is_granted)) AS is_granted, max(stated_at) AS stated_at
    FROM star.customer_consent
    WHERE stated_at <= coalesce(CAST(stated_by AS TIMESTAMPTZ), known_by) AND known_at <= known_by
    GROUP BY customer_key, identity_key, channel, purpose
)
GROUP BY customer_key, channel, purpose;
