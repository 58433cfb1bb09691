-- Every version of every fact, the current ones among them: true, as far as the company knew, in [known_at, known_to).
-- What was known at an instant T: WHERE known_at <= T AND T < known_to. The facts themselves hold what is known now.
CREATE VIEW star.sale_version AS
SELECT *, TIMESTAMPTZ '9999-12-31 00:00:00+00' AS known_to, CAST(NULL AS INTEGER) AS ended_generation FROM star.fact_sale
UNION ALL
SELECT * FROM star.fact_sale_history;

CREATE VIEW star.contact_version AS
SELECT *, TIMESTAMPTZ '9999-12-31 00:00:00+00' AS known_to, CAST(NULL AS INTEGER) AS ended_generation FROM star.fact_contact
UNION ALL
SELECT * FROM star.fact_contact_history;

CREATE VIEW star.touch_version AS
SELECT *, TIMESTAMPTZ '9999-12-31 00:00:00+00' AS known_to, CAST(NULL AS INTEGER) AS ended_generation FROM star.fact_touch
UNION ALL
SELECT * FROM star.fact_touch_history;

-- The versions of customers as they follow from what was told by an instant (inclusive); whose identifiers are the same person's is what is known now.
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

-- The versions of products as they follow from what was told by an instant (inclusive).
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

-- What a person allows as of an instant (inclusive): only what each of his identifiers that ever spoke of it allows by its last
-- word. People who were taken for one never allow more together than each of them did.
CREATE MACRO star.permission_as_of(known_by) AS TABLE
SELECT customer_key, channel, purpose, bool_and(is_granted) AS is_granted, max(stated_at) AS stated_at
FROM (
    SELECT customer_key, identity_key, channel, purpose, arg_max(is_granted, (stated_at, NOT is_granted)) AS is_granted, max(stated_at) AS stated_at
    FROM star.customer_consent
    WHERE stated_at <= known_by AND known_at <= known_by
    GROUP BY customer_key, identity_key, channel, purpose
)
GROUP BY customer_key, channel, purpose;

-- Which source each attribute of a person comes from, and since when: the last that was told holds.
CREATE VIEW star.customer_survivor AS
SELECT
    customer_key, attribute, arg_max(value, told) AS value, arg_max(source, told) AS source, arg_max(source_id, told) AS source_id,
    arg_max(valid_from, told) AS valid_from, arg_max(known_at, told) AS known_at,
    arg_max(load_key, told) AS load_key, arg_max(source_line, told) AS source_line
FROM (
    SELECT *, (valid_from, NOT is_timeless, known_at, load_key, source_line) AS told
    FROM (
        UNPIVOT (
            SELECT
                identity.customer_key, record.source, record.source_id, record.valid_from, record.is_timeless, record.known_at,
                record.load_key, record.source_line,
                given_name, family_name, email, phone, street, postcode, city, region, country, CAST(birth_year AS VARCHAR) AS birth_year,
                gender, occupation, household_id, language, acquisition_channel
            FROM star.customer_record AS record
            JOIN star.customer_identity AS identity USING (source, source_id)
        )
        ON given_name, family_name, email, phone, street, postcode, city, region, country, birth_year, gender, occupation, household_id, language, acquisition_channel
        INTO NAME attribute VALUE value
    )
)
GROUP BY customer_key, attribute;
