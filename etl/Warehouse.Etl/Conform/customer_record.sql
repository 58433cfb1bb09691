-- Adds to star.customer_record what this load says of customers. Of the attributes without a history the last value that the load
-- says holds from the beginning (is_timeless). What is only said again is left out where it says no time of its own;
-- where it does, it is kept: something that was true in between may yet arrive.
INSERT INTO star.customer_record
WITH in_order AS (
    SELECT
        *,
        row_number() OVER (ORDER BY valid_from NULLS FIRST, mapped_row) AS place,
        coalesce(
            given_name, family_name, email, phone, street, postcode, city, region, country, gender, occupation,
            household_id, language, acquisition_channel) IS NOT NULL
            OR birth_year IS NOT NULL OR registered_on IS NOT NULL OR confirmed_on IS NOT NULL OR is_test IS NOT NULL AS says_something
    FROM temp.mapped_customer_latest
),
told AS (
    SELECT
        id_identity, id, valid_from,
        given_name, family_name, email, phone, street, postcode, city, region, country, birth_year, gender,
        occupation, household_id, language, acquisition_channel, registered_on, confirmed_on, is_test,
        load_key, source_line, false AS is_timeless
    FROM temp.mapped_customer_versions
    UNION ALL
    SELECT
        id_identity,
        id,
        coalesce(max(valid_from) FILTER (says_something), max(valid_from)),
        arg_max(given_name, place) FILTER (given_name IS NOT NULL),
        arg_max(family_name, place) FILTER (family_name IS NOT NULL),
        arg_max(email, place) FILTER (email IS NOT NULL),
        arg_max(phone, place) FILTER (phone IS NOT NULL),
        arg_max(street, place) FILTER (street IS NOT NULL),
        arg_max(postcode, place) FILTER (postcode IS NOT NULL),
        arg_max(city, place) FILTER (city IS NOT NULL),
        arg_max(region, place) FILTER (region IS NOT NULL),
        arg_max(country, place) FILTER (country IS NOT NULL),
        arg_max(birth_year, place) FILTER (birth_year IS NOT NULL),
        arg_max(gender, place) FILTER (gender IS NOT NULL),
        arg_max(occupation, place) FILTER (occupation IS NOT NULL),
        arg_max(household_id, place) FILTER (household_id IS NOT NULL),
        arg_max(language, place) FILTER (language IS NOT NULL),
        arg_max(acquisition_channel, place) FILTER (acquisition_channel IS NOT NULL),
        arg_max(registered_on, place) FILTER (registered_on IS NOT NULL),
        arg_max(confirmed_on, place) FILTER (confirmed_on IS NOT NULL),
        arg_max(is_test, place) FILTER (is_test IS NOT NULL),
        arg_max(load_key, place),
        arg_max(source_line, place),
        true
    FROM in_order
    GROUP BY id_identity, id
),
said AS (
    SELECT
        id_identity AS source,
        id AS source_id,
        CASE
            WHEN is_timeless THEN TIMESTAMPTZ '0001-01-01 00:00:00+00'
            WHEN valid_from IS NOT NULL THEN valid_from
            WHEN (id_identity, id) IN (SELECT (source, source_id) FROM star.customer_record) THEN context.known_at
            ELSE TIMESTAMPTZ '0001-01-01 00:00:00+00'
        END AS valid_from,
        given_name, family_name, email, phone, street, postcode, city, region, country,
        CAST(birth_year AS SMALLINT) AS birth_year, gender, occupation, household_id, language, acquisition_channel,
        registered_on, confirmed_on, is_test,
        CASE WHEN is_known_at_event THEN coalesce(least(valid_from, context.known_at), context.known_at) ELSE context.known_at END AS known_at,
        generation, load_key, source_line, is_timeless,
        valid_from IS NOT NULL AS is_dated
    FROM told
    CROSS JOIN temp.load_context AS context
),
both_said AS (
    SELECT *, true AS is_new FROM said
    UNION ALL
    SELECT *, false, false FROM star.customer_record WHERE (source, source_id) IN (SELECT (source, source_id) FROM said)
),
compared AS (
    SELECT
        *,
        hash(
            given_name, family_name, email, phone, street, postcode, city, region, country, birth_year, gender,
            occupation, household_id, language, acquisition_channel, registered_on, confirmed_on, is_test) AS content,
        lag(content) OVER before AS content_before,
        lag(valid_from) OVER before AS valid_before,
        lag(known_at) OVER before AS known_before
    FROM both_said
    WINDOW before AS (PARTITION BY source, source_id, is_timeless ORDER BY valid_from, known_at, is_new, load_key, source_line)
)
SELECT * EXCLUDE (is_dated, is_new, content, content_before, valid_before, known_before, is_known_at_event)
FROM compared
CROSS JOIN (SELECT is_known_at_event FROM temp.load_context) AS context
WHERE is_new AND (
    content IS DISTINCT FROM content_before
    OR (is_dated AND (valid_from <> valid_before OR (is_known_at_event AND known_at <> known_before))));
