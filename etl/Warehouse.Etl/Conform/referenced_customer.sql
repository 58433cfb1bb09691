-- Gives a person of its own to each customer whom a fact names and no source has described yet.
CREATE OR REPLACE TEMP TABLE named AS
SELECT
    customer_identity AS source,
    customer AS source_id,
    min(load_key) AS load_key,
    min(source_line) AS source_line
FROM temp.mapped_reference
WHERE customer IS NOT NULL
  AND (customer_identity, customer) NOT IN (SELECT (source, source_id) FROM star.customer_identity)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE inferred AS
SELECT
    *,
    (SELECT max(key) FROM (SELECT max(customer_key) AS key FROM star.dim_customer UNION ALL SELECT max(greatest(home_key, split_key)) FROM star.customer_identity)) + row_number() OVER (ORDER BY load_key, source_line, source, source_id) AS customer_key,
    (SELECT max(customer_version_key) FROM star.dim_customer) + row_number() OVER (ORDER BY load_key, source_line, source, source_id) AS customer_version_key
FROM temp.named;

INSERT INTO star.customer_identity (source, source_id, customer_key, rule, known_at, generation, load_key, source_line, identity_key, home_key)
SELECT
    source, source_id, customer_key, 'inferred', known_at, generation, load_key, source_line,
    (SELECT coalesce(max(identity_key), -1) FROM star.customer_identity) + row_number() OVER (ORDER BY customer_key),
    customer_key
FROM temp.inferred
CROSS JOIN temp.load_context;

INSERT INTO star.dim_customer (customer_version_key, customer_key, customer_id, is_inferred, is_test, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
SELECT
    customer_version_key, customer_key, source_id, true, false,
    TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true,
    known_at, generation, load_key, source_line
FROM temp.inferred
CROSS JOIN temp.load_context;
