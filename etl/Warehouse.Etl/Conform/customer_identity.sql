-- Says which person each customer of this load is: the one known by the same identifier; else the one known by an
-- identifier that ties; else a person of whom facts spoke before any source described him; else a new person.
CREATE OR REPLACE TEMP TABLE person AS
WITH said AS (
    SELECT id_identity AS source, id AS source_id, min(load_key) AS load_key, min(source_line) AS source_line
    FROM temp.mapped_customer
    GROUP BY ALL
),
carried AS (
    SELECT DISTINCT customer.id_identity AS source, customer.id AS source_id, identity.customer_key, kind.number, kind.identity,
        kind.ties
    FROM temp.mapped_identifier AS identifier
    JOIN temp.identifier_kind AS kind ON kind.number = identifier.number
    JOIN temp.mapped_customer AS customer ON customer.mapped_row = identifier.mapped_row
    JOIN star.customer_identity AS identity ON identity.source = kind.identity AND identity.source_id = identifier.source_id
    WHERE kind.ties OR identity.rule = 'inferred'
),
tied AS (
    SELECT source, source_id, arg_min(customer_key, number) AS customer_key, arg_min(identity, number) AS identity
    FROM carried
    GROUP BY ALL
),
found AS (
    SELECT
        said.*,
        coalesce(own.customer_key, tied.customer_key) AS customer_key,
        CASE WHEN own.customer_key IS NULL AND tied.customer_key IS NOT NULL THEN 'same ' || tied.identity ELSE 'own identifier' END AS rule
    FROM said
    LEFT JOIN star.customer_identity AS own USING (source, source_id)
    LEFT JOIN tied USING (source, source_id)
)
SELECT
    * REPLACE (coalesce(
        customer_key,
        (SELECT max(key) FROM (SELECT max(customer_key) AS key FROM star.dim_customer UNION ALL SELECT max(greatest(home_key, split_key)) FROM star.customer_identity))
            + row_number() OVER (PARTITION BY customer_key IS NULL ORDER BY load_key, source_line, source_id)) AS customer_key)
FROM found;

INSERT INTO star.customer_identity (source, source_id, customer_key, rule, known_at, generation, load_key, source_line, identity_key, home_key)
SELECT
    source, source_id, customer_key, rule, known_at, generation, load_key, source_line,
    (SELECT coalesce(max(identity_key), -1) FROM star.customer_identity) + row_number() OVER (ORDER BY load_key, source_line, source, source_id),
    customer_key
FROM temp.person
CROSS JOIN temp.load_context
WHERE (source, source_id) NOT IN (SELECT (source, source_id) FROM star.customer_identity);

-- What was inferred is known now.
UPDATE star.customer_identity AS identity
SET rule = 'own identifier'
FROM temp.person AS person
WHERE identity.source = person.source AND identity.source_id = person.source_id AND identity.rule = 'inferred';

INSERT INTO star.customer_identity (source, source_id, customer_key, rule, known_at, generation, load_key, source_line, identity_key, home_key)
SELECT
    identity, source_id, customer_key, rule, known_at, generation, load_key, source_line,
    (SELECT coalesce(max(identity_key), -1) FROM star.customer_identity) + row_number() OVER (ORDER BY load_key, source_line, identity, source_id),
    customer_key
FROM (
    SELECT kind.identity, identifier.source_id, person.customer_key, 'carried by ' || person.source AS rule, known_at, generation, identifier.load_key, identifier.source_line
    FROM temp.mapped_identifier AS identifier
    JOIN temp.identifier_kind AS kind ON kind.number = identifier.number
    JOIN temp.mapped_customer AS customer ON customer.mapped_row = identifier.mapped_row
    JOIN temp.person AS person ON person.source = customer.id_identity AND person.source_id = customer.id
    CROSS JOIN temp.load_context
    WHERE (kind.identity, identifier.source_id) NOT IN (SELECT (source, source_id) FROM star.customer_identity)
    QUALIFY row_number() OVER (PARTITION BY kind.identity, identifier.source_id ORDER BY identifier.load_key, identifier.source_line) = 1
);

INSERT INTO star.customer_identifier (identity_key, identity, identifier, generation, load_key, source_line)
SELECT DISTINCT ON (identity.identity_key, kind.identity, identifier.source_id)
    identity.identity_key, kind.identity, identifier.source_id, context.generation, identifier.load_key, identifier.source_line
FROM temp.mapped_identifier AS identifier
JOIN temp.identifier_kind AS kind ON kind.number = identifier.number
JOIN temp.mapped_customer AS customer ON customer.mapped_row = identifier.mapped_row
JOIN star.customer_identity AS identity ON identity.source = customer.id_identity AND identity.source_id = customer.id
CROSS JOIN temp.load_context AS context
WHERE (identity.identity_key, kind.identity, identifier.source_id) NOT IN (SELECT (identity_key, identity, identifier) FROM star.customer_identifier)
ORDER BY identifier.load_key, identifier.source_line;
