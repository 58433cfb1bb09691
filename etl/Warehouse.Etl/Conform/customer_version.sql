-- Derives the versions of the persons of this load from star.customer_record. A value that a source leaves out stays
-- what it was; a version begins where any value changes, the first at the beginning of time.
-- What is said of all time begins none.
CREATE OR REPLACE TEMP TABLE customer_version AS
WITH filled AS (
    SELECT
        identity.customer_key, record.valid_from,
        first_value(record.source_id) OVER said AS customer_id,
        last_value(birth_year IGNORE NULLS) OVER said AS birth_year,
        last_value(gender IGNORE NULLS) OVER said AS gender,
        last_value(occupation IGNORE NULLS) OVER said AS occupation,
        last_value(household_id IGNORE NULLS) OVER said AS household_id,
        last_value(city IGNORE NULLS) OVER said AS city,
        last_value(region IGNORE NULLS) OVER said AS region,
        last_value(nullif(regexp_extract(postcode, '^[A-Za-z]+[0-9]*'), '') IGNORE NULLS) OVER said AS postcode_area,
        last_value(country IGNORE NULLS) OVER said AS country,
        last_value(language IGNORE NULLS) OVER said AS language,
        last_value(acquisition_channel IGNORE NULLS) OVER said AS acquisition_channel,
        last_value(registered_on IGNORE NULLS) OVER said AS registered_on,
        last_value(confirmed_on IGNORE NULLS) OVER said AS confirmed_on,
        coalesce(last_value(is_test IGNORE NULLS) OVER said, false) AS is_test,
        record.known_at, record.generation, record.load_key, record.source_line,
        lead(record.valid_from) OVER said IS NOT DISTINCT FROM record.valid_from
            OR record.is_timeless AND NOT bool_and(record.is_timeless) OVER (PARTITION BY identity.customer_key) AS is_no_beginning
    FROM star.customer_record AS record
    JOIN star.customer_identity AS identity USING (source, source_id)
    WHERE identity.customer_key IN (SELECT customer_key FROM temp.person)
    WINDOW said AS (PARTITION BY identity.customer_key ORDER BY record.valid_from, record.is_timeless DESC, record.known_at, record.load_key, record.source_line)
),
changed AS (
    SELECT
        *,
        hash(birth_year, gender, occupation, household_id, city, region, postcode_area, country, language,
             acquisition_channel, registered_on, confirmed_on, is_test) AS content
    FROM filled
    WHERE NOT is_no_beginning
    QUALIFY content IS DISTINCT FROM lag(content) OVER (PARTITION BY customer_key ORDER BY valid_from)
)
SELECT
    * EXCLUDE (content, is_no_beginning) REPLACE (
        CASE WHEN lag(valid_from) OVER person IS NULL THEN TIMESTAMPTZ '0001-01-01 00:00:00+00' ELSE valid_from END AS valid_from),
    coalesce(lead(valid_from) OVER person, TIMESTAMPTZ '9999-12-31 00:00:00+00') AS valid_to
FROM changed
WINDOW person AS (PARTITION BY customer_key ORDER BY valid_from);

CREATE OR REPLACE TEMP TABLE customer_known AS
SELECT customer_key, customer_version_key, valid_from
FROM star.dim_customer
WHERE customer_key IN (SELECT customer_key FROM temp.customer_version);

DELETE FROM star.dim_customer WHERE customer_key IN (SELECT customer_key FROM temp.customer_version);

INSERT INTO star.dim_customer
SELECT
    coalesce(
        known.customer_version_key,
        (SELECT max(key) FROM (
            SELECT max(customer_version_key) AS key FROM star.dim_customer
            UNION ALL SELECT max(customer_version_key) FROM temp.customer_known))
        + row_number() OVER (PARTITION BY known.customer_version_key IS NULL ORDER BY version.customer_key, version.valid_from)),
    version.customer_key, version.customer_id,
    version.birth_year, version.gender, version.occupation, version.household_id,
    version.city, version.region, version.postcode_area, version.country, version.language,
    version.acquisition_channel, version.registered_on, version.confirmed_on,
    false, version.is_test,
    version.valid_from, version.valid_to, version.valid_to = TIMESTAMPTZ '9999-12-31 00:00:00+00',
    version.known_at, version.generation, version.load_key, version.source_line
FROM temp.customer_version AS version
LEFT JOIN temp.customer_known AS known ON known.customer_key = version.customer_key AND known.valid_from = version.valid_from;

CREATE OR REPLACE TEMP TABLE customer_moved AS
SELECT customer_key, customer_version_key, valid_from, valid_to
FROM star.dim_customer
WHERE customer_key IN (SELECT customer_key FROM temp.customer_known);
