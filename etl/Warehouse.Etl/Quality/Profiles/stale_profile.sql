-- Grain: one row per customer and attribute that has likely aged: it was not confirmed for longer than such a value usually
-- holds. An attribute is confirmed by the source that tells it at a time, and with the whole profile (confirmed_on).
-- Parameter: $as_of (date). temp.profile_age says how long a value holds; a value of its own comes before the attribute's.
WITH told AS (
    SELECT
        identity.customer_key, record.source, record.confirmed_on,
        nullif(CAST(record.valid_from AS DATE), DATE '0001-01-01') AS told_on,
        registered_on,
        record.occupation, record.city, record.postcode, record.street, record.email, record.phone, record.household_id, record.language
    FROM star.customer_record AS record
    JOIN star.customer_identity AS identity USING (source, source_id)
    WHERE record.known_at < CAST($as_of AS TIMESTAMPTZ) + INTERVAL 1 DAY
),
attribute AS (
    UNPIVOT (
        SELECT
            customer_key, source, confirmed_on, told_on, registered_on,
            occupation, city, postcode, street, email, phone, household_id, language
        FROM told
    )
    ON occupation, city, postcode, street, email, phone, household_id, language
    INTO NAME attribute VALUE value
),
profile AS (
    SELECT customer_key, max(confirmed_on) AS confirmed_on, min(registered_on) AS registered_on
    FROM told
    GROUP BY customer_key
),
latest AS (
    SELECT
        customer_key, attribute,
        arg_max(value, coalesce(told_on, DATE '0001-01-01')) AS value,
        arg_max(source, coalesce(told_on, DATE '0001-01-01')) AS source,
        max(told_on) AS told_on
    FROM attribute
    GROUP BY customer_key, attribute
),
aged AS (
    SELECT
        latest.*,
        greatest(latest.told_on, profile.confirmed_on, profile.registered_on) AS confirmed_on,
        coalesce(own.years, usual.years) AS holds_years
    FROM latest
    JOIN profile USING (customer_key)
    JOIN temp.profile_age AS usual ON usual.attribute = latest.attribute AND usual.value IS NULL
    LEFT JOIN temp.profile_age AS own ON own.attribute = latest.attribute AND own.value = lower(latest.value)
)
SELECT
    customer.customer_id,
    aged.customer_key,
    aged.attribute,
    aged.value,
    aged.source,
    aged.confirmed_on,
    round(date_diff('day', aged.confirmed_on, $as_of) / 365.25, 1) AS years,
    CAST(aged.holds_years AS DOUBLE) AS holds_years
FROM aged
JOIN star.dim_customer AS customer ON customer.customer_key = aged.customer_key AND customer.is_current
WHERE NOT customer.is_test
  AND (aged.confirmed_on IS NULL OR aged.confirmed_on + to_days(CAST(ceil(aged.holds_years * 365.25) AS INTEGER)) <= $as_of)
ORDER BY years DESC NULLS FIRST, customer.customer_id, aged.attribute
LIMIT $limit
