-- Grain: one row per identifier in temp.identity_wanted and value by which it can be matched: what its source said of it, made alike
-- (small letters, no accents, digits of a telephone number), the identifiers that it carries, and what it is itself.
-- node_key is the person that the identifier stands for before any rule is applied.
CREATE OR REPLACE TEMP TABLE identity_value AS
WITH wanted AS (
    SELECT identity_key, source, source_id, node_key, label
    FROM temp.identity_node SEMI JOIN temp.identity_wanted USING (identity_key)
),
told AS (
    SELECT
        wanted.identity_key,
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
    JOIN wanted USING (source, source_id)
),
value AS (
    SELECT identity_key, attribute, value
    FROM (
        UNPIVOT told ON email, phone, given_name, family_name, postcode, street, birth_year, gender, household_id
        INTO NAME attribute VALUE value
    )
    UNION
    SELECT identity_key, identity, identifier FROM star.customer_identifier SEMI JOIN wanted USING (identity_key)
    UNION
    SELECT identity_key, source, source_id FROM wanted
)
SELECT wanted.node_key, identity_key, value.attribute, value.value, wanted.label
FROM value
JOIN wanted USING (identity_key);
