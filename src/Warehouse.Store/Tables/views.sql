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
UNION ALL BY NAME
SELECT * FROM star.fact_touch_history;

-- What sources told of customers by an instant (inclusive), in the order in which it is true. Of a person of whom several
-- identifiers are described each row has, in place of what was told, what holds from it on: for each attribute the word of the
-- identifier that star.survivorship prefers. persons: the name of a table with the customer_key of those who are asked for.
CREATE MACRO star.customer_told(known_by, persons) AS TABLE
WITH told AS (
    SELECT
        identity.customer_key, identity.identity_key, record.*,
        row_number() OVER (
            PARTITION BY identity.customer_key
            ORDER BY record.valid_from, record.is_timeless DESC, record.known_at, record.load_key, record.source_line, identity.identity_key) AS place
    FROM star.customer_record AS record
    JOIN star.customer_identity AS identity USING (source, source_id)
    WHERE record.known_at <= known_by AND identity.customer_key IN (SELECT customer_key FROM query_table(persons))
),
several AS (
    SELECT customer_key
    FROM told
    WHERE EXISTS (SELECT 1 FROM star.survivorship)
    GROUP BY customer_key
    HAVING min(identity_key) < max(identity_key)
),
event AS (
    SELECT * FROM told SEMI JOIN several USING (customer_key)
),
telling AS (
    UNPIVOT (
        SELECT customer_key, identity_key, source, place, given_name, family_name, email, phone, street, postcode, city, region, country, CAST(birth_year AS VARCHAR) AS birth_year, gender, occupation, household_id, language, acquisition_channel, CAST(registered_on AS VARCHAR) AS registered_on, CAST(confirmed_on AS VARCHAR) AS confirmed_on, CAST(is_test AS VARCHAR) AS is_test
        FROM event
    )
    ON given_name, family_name, email, phone, street, postcode, city, region, country, birth_year, gender, occupation, household_id, language, acquisition_channel, registered_on, confirmed_on, is_test
    INTO NAME attribute VALUE value
),
-- The last word of each identifier about each attribute, after each event.
word AS (
    SELECT
        event.customer_key, event.place, teller.identity_key, teller.source, teller.attribute,
        max(said.place) OVER (PARTITION BY event.customer_key, teller.identity_key, teller.attribute ORDER BY event.place) AS told_place
    FROM event
    JOIN (SELECT DISTINCT customer_key, identity_key, source, attribute FROM telling) AS teller USING (customer_key)
    LEFT JOIN telling AS said
        ON said.customer_key = event.customer_key AND said.place = event.place
        AND said.identity_key = teller.identity_key AND said.attribute = teller.attribute
    QUALIFY told_place IS NOT NULL
),
judged AS (
    SELECT *, count(*) OVER (PARTITION BY customer_key, place, identity_key) AS attributes_known FROM word
),
survivor AS (
    SELECT
        judged.customer_key, judged.place, judged.attribute,
        arg_max(
            judged.told_place,
            (CASE how.rule WHEN 'sources' THEN -coalesce(preferred.place, 1000000) WHEN 'complete' THEN judged.attributes_known ELSE 0 END, judged.told_place)) AS told_place
    FROM judged
    LEFT JOIN (SELECT DISTINCT attribute, rule FROM star.survivorship) AS how ON how.attribute = judged.attribute
    LEFT JOIN star.survivorship AS preferred ON preferred.attribute = judged.attribute AND preferred.source = judged.source
    GROUP BY judged.customer_key, judged.place, judged.attribute
),
held AS (
    SELECT
        customer_key, place,
        max(value) FILTER (attribute = 'given_name') AS given_name,
        max(value) FILTER (attribute = 'family_name') AS family_name,
        max(value) FILTER (attribute = 'email') AS email,
        max(value) FILTER (attribute = 'phone') AS phone,
        max(value) FILTER (attribute = 'street') AS street,
        max(value) FILTER (attribute = 'postcode') AS postcode,
        max(value) FILTER (attribute = 'city') AS city,
        max(value) FILTER (attribute = 'region') AS region,
        max(value) FILTER (attribute = 'country') AS country,
        CAST(max(value) FILTER (attribute = 'birth_year') AS SMALLINT) AS birth_year,
        max(value) FILTER (attribute = 'gender') AS gender,
        max(value) FILTER (attribute = 'occupation') AS occupation,
        max(value) FILTER (attribute = 'household_id') AS household_id,
        max(value) FILTER (attribute = 'language') AS language,
        max(value) FILTER (attribute = 'acquisition_channel') AS acquisition_channel,
        CAST(max(value) FILTER (attribute = 'registered_on') AS DATE) AS registered_on,
        CAST(max(value) FILTER (attribute = 'confirmed_on') AS DATE) AS confirmed_on,
        CAST(max(value) FILTER (attribute = 'is_test') AS BOOLEAN) AS is_test
    FROM survivor
    JOIN (SELECT customer_key, place AS told_place, attribute, value FROM telling) USING (customer_key, told_place, attribute)
    GROUP BY customer_key, place
)
SELECT customer_key, place, source_id, valid_from, is_timeless, known_at, generation, load_key, source_line,
    given_name, family_name, email, phone, street, postcode, city, region, country, birth_year, gender, occupation, household_id, language, acquisition_channel, registered_on, confirmed_on, is_test
FROM told
ANTI JOIN several USING (customer_key)
UNION ALL BY NAME
SELECT event.customer_key, event.place, source_id, valid_from, is_timeless, known_at, generation, load_key, source_line, held.* EXCLUDE (customer_key, place)
FROM event
LEFT JOIN held USING (customer_key, place);

-- The versions of customers as they follow from what was told by an instant (inclusive). A value that a source leaves out stays
-- what it was; a version begins where any value changes, the first at the beginning of time; what is said of all time begins none.
-- Whose identifiers are the same person's is what is known now. persons: as of star.customer_told.
CREATE MACRO star.customer_version_of(known_by, persons) AS TABLE
WITH filled AS (
    SELECT
        customer_key, valid_from,
        first_value(source_id) OVER said AS customer_id,
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
        known_at, generation, load_key, source_line,
        lead(valid_from) OVER said IS NOT DISTINCT FROM valid_from
            OR is_timeless AND NOT bool_and(is_timeless) OVER (PARTITION BY customer_key) AS is_no_beginning
    FROM star.customer_told(known_by, persons)
    WINDOW said AS (PARTITION BY customer_key ORDER BY place)
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

-- The versions of all customers, as star.customer_version_of gives them.
CREATE MACRO star.customer_as_of(known_by) AS TABLE
FROM star.customer_version_of(known_by, 'star.customer_identity');

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
-- word; of two words of one instant the refusal is the last. People who were taken for one never allow more together than each of
-- them did. stated_by: asks what held at an earlier instant, as it is known by the other. statements: the name of a table or view
-- with rows of star.customer_consent, such as those of few people.
CREATE MACRO star.permission_among(statements, known_by, stated_by := NULL) AS TABLE
SELECT customer_key, channel, purpose, bool_and(is_granted) AS is_granted, max(stated_at) AS stated_at
FROM (
    SELECT
        customer_key, identity_key, channel, purpose, max(stated_at) AS stated_at,
        coalesce(max(stated_at) FILTER (is_granted) > max(stated_at) FILTER (NOT is_granted), bool_and(is_granted)) AS is_granted
    FROM query_table(statements)
    WHERE stated_at <= coalesce(CAST(stated_by AS TIMESTAMPTZ), known_by) AND known_at <= known_by
    GROUP BY customer_key, identity_key, channel, purpose
)
GROUP BY customer_key, channel, purpose;

CREATE MACRO star.permission_as_of(known_by, stated_by := NULL) AS TABLE
FROM star.permission_among('star.customer_consent', known_by, stated_by := stated_by);

-- Grain: one row per person, attribute and identifier that ever spoke of it: its last word, and which of them survives (rank 1).
CREATE VIEW star.customer_candidate AS
WITH telling AS (
    SELECT *, (valid_from, NOT is_timeless, known_at, load_key, source_line) AS told
    FROM (
        UNPIVOT (
            SELECT
                identity.customer_key, identity.identity_key, record.source, record.source_id, record.valid_from, record.is_timeless, record.known_at,
                record.load_key, record.source_line,
                given_name, family_name, email, phone, street, postcode, city, region, country, CAST(birth_year AS VARCHAR) AS birth_year, gender, occupation, household_id, language, acquisition_channel, CAST(registered_on AS VARCHAR) AS registered_on, CAST(confirmed_on AS VARCHAR) AS confirmed_on, CAST(is_test AS VARCHAR) AS is_test
            FROM star.customer_record AS record
            JOIN star.customer_identity AS identity USING (source, source_id)
        )
        ON given_name, family_name, email, phone, street, postcode, city, region, country, birth_year, gender, occupation, household_id, language, acquisition_channel, registered_on, confirmed_on, is_test
        INTO NAME attribute VALUE value
    )
),
word AS (
    SELECT
        customer_key, identity_key, source, source_id, attribute, max(told) AS told,
        arg_max(value, told) AS value, arg_max(valid_from, told) AS valid_from, arg_max(known_at, told) AS known_at,
        arg_max(load_key, told) AS load_key, arg_max(source_line, told) AS source_line
    FROM telling
    GROUP BY customer_key, identity_key, source, source_id, attribute
),
judged AS (
    SELECT *, count(*) OVER (PARTITION BY identity_key) AS attributes_known FROM word
)
SELECT
    judged.customer_key, judged.attribute, judged.value, judged.source, judged.source_id, judged.valid_from, judged.known_at,
    judged.load_key, judged.source_line,
    coalesce(how.rule, 'latest') AS rule,
    row_number() OVER (
        PARTITION BY judged.customer_key, judged.attribute
        ORDER BY
            CASE how.rule WHEN 'sources' THEN -coalesce(preferred.place, 1000000) WHEN 'complete' THEN judged.attributes_known ELSE 0 END DESC,
            judged.told DESC, judged.identity_key DESC) AS rank
FROM judged
LEFT JOIN (SELECT DISTINCT attribute, rule FROM star.survivorship) AS how ON how.attribute = judged.attribute
LEFT JOIN star.survivorship AS preferred ON preferred.attribute = judged.attribute AND preferred.source = judged.source;

-- Which source each attribute of a person comes from, and since when.
CREATE VIEW star.customer_survivor AS
SELECT customer_key, attribute, value, source, source_id, valid_from, known_at, load_key, source_line
FROM star.customer_candidate
WHERE rank = 1;

-- Which person each identifier was taken for at an instant.
CREATE MACRO star.identity_as_of(known_by) AS TABLE
SELECT identity.identity_key, identity.source, identity.source_id, coalesce(before.customer_key, identity.customer_key) AS customer_key
FROM star.customer_identity AS identity
LEFT JOIN star.identity_history AS before
    ON before.identity_key = identity.identity_key AND before.known_at <= known_by AND known_by < before.known_to
WHERE identity.known_at <= known_by;

-- By which an identifier of somebody who asked to be forgotten is known again, and by which nobody can tell what it was.
CREATE MACRO ops.identifier_hash(source, identifier) AS
    sha256((SELECT any_value(salt) FROM ops.privacy_salt) || chr(31) || source || chr(31) || identifier);
