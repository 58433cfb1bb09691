-- What is otherwise known now than it was when the as-of date began, so that features are of what was known then. Mostly these
-- tables are empty, or nearly so: dimensions and facts hold for everybody else.

-- Grain: one row per identifier that was taken for somebody else: for whom then, and for whom now.
CREATE OR REPLACE TEMP TABLE churn_identity AS
SELECT before.identity_key, before.customer_key, identity.customer_key AS customer_key_now
FROM star.identity_history AS before
JOIN star.customer_identity AS identity USING (identity_key)
WHERE before.known_at < $known_before AND before.known_to >= $known_before AND before.customer_key <> identity.customer_key;

CREATE OR REPLACE TEMP TABLE churn_moved AS
SELECT customer_key FROM temp.churn_identity
UNION
SELECT customer_key_now FROM temp.churn_identity;

-- Grain: one row per person, of those who stayed who they were, whom a source spoke of since.
CREATE OR REPLACE TEMP TABLE churn_retold AS
SELECT DISTINCT identity.customer_key
FROM star.customer_record AS record
JOIN star.customer_identity AS identity USING (source, source_id)
WHERE record.known_at >= $known_before
  AND identity.customer_key NOT IN (SELECT customer_key FROM temp.churn_moved);

-- Grain: one row per person of either kind whom a source described by then: the last word about each attribute.
CREATE OR REPLACE TEMP TABLE churn_profile AS
SELECT
    customer_key,
    arg_max(birth_year, valid_from) AS birth_year,
    arg_max(gender, valid_from) AS gender,
    arg_max(country, valid_from) AS country,
    arg_max(region, valid_from) AS region,
    arg_max(acquisition_channel, valid_from) AS acquisition_channel,
    arg_max(registered_on, valid_from) AS registered_on,
    arg_max(confirmed_on, valid_from) AS confirmed_on,
    arg_max(is_test, valid_from) AS is_test
FROM star.customer_version_of($known_before - INTERVAL 1 MICROSECOND, 'temp.churn_retold')
WHERE valid_from < $known_before
GROUP BY customer_key
UNION ALL
SELECT
    customer_key,
    arg_max(birth_year, told) AS birth_year,
    arg_max(gender, told) AS gender,
    arg_max(country, told) AS country,
    arg_max(region, told) AS region,
    arg_max(acquisition_channel, told) AS acquisition_channel,
    arg_max(registered_on, told) AS registered_on,
    arg_max(confirmed_on, told) AS confirmed_on,
    coalesce(arg_max(is_test, told), false) AS is_test
FROM (
    SELECT
        coalesce(before.customer_key, identity.customer_key) AS customer_key,
        record.* EXCLUDE (source, source_id),
        (record.valid_from, NOT record.is_timeless, record.known_at, record.load_key, record.source_line) AS told
    FROM star.customer_record AS record
    JOIN star.customer_identity AS identity USING (source, source_id)
    LEFT JOIN temp.churn_identity AS before USING (identity_key)
    WHERE identity.customer_key IN (SELECT customer_key FROM temp.churn_moved)
      AND record.known_at < $known_before
      AND record.valid_from < $known_before
)
GROUP BY customer_key;

-- Grain: one row per version of a product that a source spoke of since, as it was known then.
CREATE OR REPLACE TEMP TABLE churn_product AS
SELECT product.product_key, told.valid_from, told.valid_to, told.category
FROM star.product_as_of($known_before - INTERVAL 1 MICROSECOND) AS told
JOIN (SELECT DISTINCT product_id, product_key FROM star.dim_product) AS product USING (product_id)
WHERE product_id IN (SELECT product_id FROM star.product_record WHERE known_at >= $known_before);
