-- Derives the versions of the persons of this load (temp.person) from what sources told of them.
CREATE OR REPLACE TEMP TABLE customer_version AS
FROM star.customer_version_of(TIMESTAMPTZ '9999-12-31 00:00:00+00', 'temp.person');

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
