-- Adds to star.customer_record what this load says of customers that differs from what the source said before.
-- Where a feed keeps no history its latest row holds from the beginning.
INSERT INTO star.customer_record
WITH said AS (
    SELECT
        id_identity AS source,
        id AS source_id,
        CASE
            WHEN NOT keeps_history THEN TIMESTAMPTZ '0001-01-01 00:00:00+00'
            WHEN valid_from IS NOT NULL THEN valid_from
            WHEN (id_identity, id) IN (SELECT (source, source_id) FROM star.customer_record) THEN context.known_at
            ELSE TIMESTAMPTZ '0001-01-01 00:00:00+00'
        END AS valid_from,
        valid_from AS said_from,
        given_name, family_name, email, phone, street, postcode, city, region, country,
        CAST(birth_year AS SMALLINT) AS birth_year,
        gender, occupation, household_id, language, acquisition_channel, registered_on, confirmed_on, is_test,
        CASE WHEN is_known_at_event THEN coalesce(least(valid_from, context.known_at), context.known_at) ELSE context.known_at END AS known_at,
        generation, load_key, source_line
    FROM temp.mapped_customer
    CROSS JOIN temp.load_context AS context
    QUALIFY keeps_history OR row_number() OVER (PARTITION BY id_identity, id ORDER BY said_from DESC NULLS LAST, load_key DESC, source_line DESC) = 1
),
both_said AS (
    SELECT * EXCLUDE (said_from), true AS is_new FROM said
    UNION ALL
    SELECT *, false FROM star.customer_record WHERE (source, source_id) IN (SELECT (source, source_id) FROM said)
),
compared AS (
    SELECT
        *,
        hash(given_name, family_name, email, phone, street, postcode, city, region, country, birth_year, gender, occupation,
             household_id, language, acquisition_channel, registered_on, confirmed_on, is_test) AS content,
        lag(content) OVER (PARTITION BY source, source_id ORDER BY valid_from, is_new, load_key, source_line) AS content_before
    FROM both_said
)
SELECT * EXCLUDE (is_new, content, content_before)
FROM compared
WHERE is_new AND content IS DISTINCT FROM content_before;
