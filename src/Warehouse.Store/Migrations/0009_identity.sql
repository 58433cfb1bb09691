-- Persons are resolved from what sources said of them; consent follows the identifier that gave it.
ALTER TABLE star.customer_identity ADD COLUMN split_key INTEGER;
ALTER TABLE star.customer_consent ADD COLUMN identity_key INTEGER DEFAULT -1;

CREATE TABLE star.customer_identifier (
    identity_key  INTEGER NOT NULL,
    identity      VARCHAR NOT NULL,
    identifier    VARCHAR NOT NULL,
    generation    INTEGER NOT NULL,
    load_key      INTEGER NOT NULL,
    source_line   BIGINT  NOT NULL
);

CREATE TABLE star.identity_link (
    identity_key       INTEGER NOT NULL,
    other_identity_key INTEGER NOT NULL,
    rule               VARCHAR NOT NULL,
    matched            VARCHAR NOT NULL,
    generation         INTEGER NOT NULL
);

CREATE TABLE ops.identity_run (
    generation      INTEGER NOT NULL,
    definition_hash VARCHAR NOT NULL,
    links           BIGINT  NOT NULL,
    identities_moved BIGINT NOT NULL
);

CREATE MACRO star.permission_as_of(known_by) AS TABLE
SELECT customer_key, channel, purpose, bool_and(is_granted) AS is_granted, max(stated_at) AS stated_at
FROM (
    SELECT customer_key, identity_key, channel, purpose, arg_max(is_granted, (stated_at, NOT is_granted)) AS is_granted, max(stated_at) AS stated_at
    FROM star.customer_consent
    WHERE stated_at <= known_by AND known_at <= known_by
    GROUP BY customer_key, identity_key, channel, purpose
)
GROUP BY customer_key, channel, purpose;

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

UPDATE star.customer_consent AS consent SET identity_key = one.identity_key
FROM (SELECT customer_key, source, min(identity_key) AS identity_key FROM star.customer_identity GROUP BY customer_key, source) AS one
WHERE one.customer_key = consent.customer_key AND one.source = consent.source;
