-- Attributes can do without a history, one by one; versions of customers and products can be asked for as of what was known then.
ALTER TABLE star.customer_record ADD COLUMN is_timeless BOOLEAN DEFAULT false;
ALTER TABLE star.customer_record ALTER COLUMN is_timeless DROP DEFAULT;
ALTER TABLE star.product_record ADD COLUMN is_timeless BOOLEAN DEFAULT false;
ALTER TABLE star.product_record ALTER COLUMN is_timeless DROP DEFAULT;

CREATE MACRO star.customer_as_of(known_by) AS TABLE
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
    WHERE record.known_at <= known_by
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

CREATE MACRO star.product_as_of(known_by) AS TABLE
WITH filled AS (
    SELECT
        product_id, valid_from,
        last_value(name IGNORE NULLS) OVER said AS name,
        last_value(category IGNORE NULLS) OVER said AS category,
        last_value(subcategory IGNORE NULLS) OVER said AS subcategory,
        last_value(brand IGNORE NULLS) OVER said AS brand,
        last_value(unit_cost IGNORE NULLS) OVER said AS unit_cost,
        last_value(list_price IGNORE NULLS) OVER said AS list_price,
        last_value(launched_on IGNORE NULLS) OVER said AS launched_on,
        last_value(is_replenished IGNORE NULLS) OVER said AS is_replenished,
        known_at, generation, load_key, source_line,
        lead(valid_from) OVER said IS NOT DISTINCT FROM valid_from
            OR is_timeless AND NOT bool_and(is_timeless) OVER (PARTITION BY product_id) AS is_no_beginning
    FROM star.product_record
    WHERE known_at <= known_by
    WINDOW said AS (PARTITION BY product_id ORDER BY valid_from, is_timeless DESC, known_at, load_key, source_line)
),
changed AS (
    SELECT
        *,
        hash(name, category, subcategory, brand, unit_cost, list_price, launched_on, is_replenished) AS content
    FROM filled
    WHERE NOT is_no_beginning
    QUALIFY content IS DISTINCT FROM lag(content) OVER (PARTITION BY product_id ORDER BY valid_from)
)
SELECT
    * EXCLUDE (content, is_no_beginning) REPLACE (
        CASE WHEN lag(valid_from) OVER product IS NULL THEN TIMESTAMPTZ '0001-01-01 00:00:00+00' ELSE valid_from END AS valid_from),
    coalesce(lead(valid_from) OVER product, TIMESTAMPTZ '9999-12-31 00:00:00+00') AS valid_to
FROM changed
WINDOW product AS (PARTITION BY product_id ORDER BY valid_from);
