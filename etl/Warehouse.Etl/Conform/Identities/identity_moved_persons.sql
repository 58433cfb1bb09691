-- Persons of this resolution whom facts name and no source describes, and the versions that the facts of all of them point to.
INSERT INTO star.dim_customer (customer_version_key, customer_key, customer_id, is_inferred, is_test, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
SELECT
    (SELECT max(customer_version_key) FROM star.dim_customer) + row_number() OVER (ORDER BY identity.customer_key),
    identity.customer_key, arg_min(identity.source_id, identity.identity_key), true, false,
    TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true,
    min(identity.known_at), min(identity.generation), arg_min(identity.load_key, identity.identity_key), arg_min(identity.source_line, identity.identity_key)
FROM star.customer_identity AS identity
WHERE identity.customer_key IN (SELECT customer_key FROM temp.person)
  AND identity.customer_key NOT IN (SELECT customer_key FROM star.dim_customer)
GROUP BY identity.customer_key;

CREATE OR REPLACE TEMP TABLE customer_moved AS
SELECT customer_key, customer_version_key, valid_from, valid_to
FROM star.dim_customer
WHERE customer_key IN (SELECT customer_key FROM temp.person);
