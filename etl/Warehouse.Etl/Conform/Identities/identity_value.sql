-- Grain: one row per identifier of a customer and value by which it can be matched: what its source said of it, made alike
-- (small letters, no accents, digits of a telephone number), the identifiers that it carries, and what it is itself.
-- node_key is the person that the identifier stands for before any rule is applied.
CREATE OR REPLACE TEMP TABLE identity_node AS
SELECT
    identity_key,
    CASE WHEN identity_key IN (SELECT identity_key FROM temp.identity_apart) THEN split_key ELSE home_key END AS node_key,
    source || ':' || source_id AS label
FROM star.customer_identity;

CREATE OR REPLACE TEMP TABLE identity_value AS
WITH told AS (
    SELECT
        source, source_id,
        nullif(lower(trim(email)), '') AS email,
        nullif(right(regexp_replace(phone, '[^0-9]', '', 'g'), 9), '') AS phone,
        nullif(regexp_replace(lower(strip_accents(given_name)), '[^\p{L}]', '', 'g'), '') AS given_name,
        nullif(regexp_replace(lower(strip_accents(family_name)), '[^\p{L}]', '', 'g'), '') AS family_name,
        nullif(upper(replace(postcode, ' ', '')), '') AS postcode,
        nullif(regexp_replace(lower(strip_accents(street)), '[^\p{L}0-9]', '', 'g'), '') AS street,
        CAST(birth_year AS VARCHAR) AS birth_year,
        lower(gender) AS gender,
        household_id
    FROM star.customer_record
),
value AS (
    SELECT identity.identity_key, said.attribute, said.value
    FROM (
        UNPIVOT told ON email, phone, given_name, family_name, postcode, street, birth_year, gender, household_id
        INTO NAME attribute VALUE value
    ) AS said
    JOIN star.customer_identity AS identity USING (source, source_id)
    UNION
    SELECT identity_key, identity, identifier FROM star.customer_identifier
    UNION
    SELECT identity_key, source, source_id FROM star.customer_identity
)
SELECT node.node_key, value.identity_key, value.attribute, value.value, node.label
FROM value
JOIN temp.identity_node AS node USING (identity_key);
