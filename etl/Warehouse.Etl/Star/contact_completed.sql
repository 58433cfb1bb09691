-- What was told of contacts (temp.contact_held: each row with all that was told before it; says_… whether it says that word itself) as rows of
-- star.fact_contact: temp.contact_completed. Whether a contact is answered and resolved is what was said of it last, by word or by a milestone.
CREATE OR REPLACE TEMP TABLE contact_completed AS
WITH reached AS (
    SELECT
        *,
        answered_at IS NOT NULL AS has_answer,
        resolved_at IS NOT NULL AND (reopened_at IS NULL OR reopened_at < resolved_at) AS has_resolution,
        lag(answered_at) OVER known AS answered_before,
        lag(row(resolved_at, reopened_at)) OVER known AS resolved_before
    FROM temp.contact_held
    WINDOW known AS (PARTITION BY contact_id, life ORDER BY place)
),
worded AS (
    SELECT
        *,
        CASE
            WHEN says_is_answered THEN is_answered
            WHEN clears_is_answered OR answered_at IS DISTINCT FROM answered_before THEN has_answer
        END AS answered_word,
        CASE
            WHEN says_is_resolved THEN is_resolved
            WHEN clears_is_resolved OR row(resolved_at, reopened_at) IS DISTINCT FROM coalesce(resolved_before, row(CAST(NULL AS TIMESTAMPTZ), CAST(NULL AS TIMESTAMPTZ))) THEN has_resolution
        END AS resolved_word
    FROM reached
)
SELECT
    held.* EXCLUDE (
        topic, life, place, says_is_answered, says_is_resolved, clears_is_answered, clears_is_resolved,
        has_answer, has_resolution, answered_before, resolved_before, answered_word, resolved_word)
    REPLACE (
        coalesce(identity.customer_key, held.customer_key, -1) AS customer_key,
        coalesce(customer.customer_version_key, -1) AS customer_version_key,
        coalesce(held.channel_key, -1) AS channel_key,
        coalesce(reason.reason_key, -1) AS reason_key,
        coalesce(held.agent_key, -1) AS agent_key,
        coalesce(held.product_key, -1) AS product_key,
        coalesce(held.identity_key, -1) AS identity_key,
        coalesce(held.is_complaint, false) AS is_complaint,
        coalesce(last_value(answered_word IGNORE NULLS) OVER known, false) AS is_answered,
        coalesce(last_value(resolved_word IGNORE NULLS) OVER known, false) AS is_resolved)
FROM worded AS held
LEFT JOIN star.customer_identity AS identity ON identity.identity_key = held.identity_key
LEFT JOIN star.dim_customer AS customer
    ON customer.customer_key = coalesce(identity.customer_key, held.customer_key)
    AND held.opened_at >= customer.valid_from AND held.opened_at < customer.valid_to
LEFT JOIN star.dim_reason AS reason ON reason.topic = held.topic AND reason.is_complaint = coalesce(held.is_complaint, false)
WINDOW known AS (PARTITION BY contact_id, life ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW);
