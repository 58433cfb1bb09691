-- Takes a person out of every table: what names, reaches or describes him goes, and what he bought and when he called stays with
-- a person who has no name any more. Reads temp.erased_identity (identity_key, source, source_id) and temp.erased_person
-- (customer_key, erased_at, generation).
INSERT INTO ops.forgotten_customer (identifier_hash, customer_key, forgotten_at)
SELECT DISTINCT ops.identifier_hash(said.source, said.source_id), person.customer_key, person.erased_at
FROM (
    SELECT source, source_id FROM temp.erased_identity
    UNION SELECT identity, identifier FROM star.customer_identifier WHERE identity_key IN (SELECT identity_key FROM temp.erased_identity)
    UNION SELECT 'email', lower(record.email) FROM star.customer_record AS record JOIN temp.erased_identity USING (source, source_id) WHERE record.email IS NOT NULL
    UNION SELECT 'email', lower(email) FROM star.customer_contact WHERE customer_key IN (SELECT customer_key FROM temp.erased_person) AND email IS NOT NULL
) AS said
CROSS JOIN temp.erased_person AS person;

INSERT INTO ops.forgotten_customer (identifier_hash, customer_key, forgotten_at)
SELECT ops.identifier_hash('customer', CAST(customer_key AS VARCHAR)), customer_key, erased_at
FROM temp.erased_person
WHERE customer_key NOT IN (SELECT customer_key FROM ops.forgotten_customer);

DELETE FROM star.customer_contact WHERE customer_key IN (SELECT customer_key FROM temp.erased_person);
DELETE FROM star.customer_record WHERE (source, source_id) IN (SELECT (source, source_id) FROM temp.erased_identity);
DELETE FROM star.customer_identifier WHERE identity_key IN (SELECT identity_key FROM temp.erased_identity);
DELETE FROM star.identity_match WHERE identity_key IN (SELECT identity_key FROM temp.erased_identity);
DELETE FROM star.identity_link
WHERE identity_key IN (SELECT identity_key FROM temp.erased_identity) OR other_identity_key IN (SELECT identity_key FROM temp.erased_identity);

UPDATE star.customer_identity AS identity
SET source_id = 'forgotten:' || left(ops.identifier_hash(identity.source, identity.source_id), 32), rule = 'forgotten'
WHERE identity_key IN (SELECT identity_key FROM temp.erased_identity);

UPDATE star.dim_customer
SET customer_id = 'forgotten:' || customer_key,
    birth_year = NULL, gender = NULL, occupation = NULL, household_id = NULL, city = NULL, region = NULL, postcode_area = NULL,
    country = NULL, language = NULL, acquisition_channel = NULL, registered_on = NULL, confirmed_on = NULL
WHERE customer_key IN (SELECT customer_key FROM temp.erased_person);

CREATE OR REPLACE TEMP TABLE erased_consent AS
SELECT customer_key, channel, purpose, min(identity_key) AS identity_key
FROM star.customer_consent
WHERE customer_key IN (SELECT customer_key FROM temp.erased_person)
GROUP BY ALL;

DELETE FROM star.customer_consent WHERE customer_key IN (SELECT customer_key FROM temp.erased_person);

INSERT INTO star.customer_consent (customer_key, channel, purpose, is_granted, stated_at, source, known_at, generation, load_key, source_line, identity_key)
SELECT consent.customer_key, consent.channel, consent.purpose, false, person.erased_at, 'forgotten', person.erased_at, person.generation, -1, 0, consent.identity_key
FROM temp.erased_consent AS consent
CROSS JOIN temp.erased_person AS person;

UPDATE mart.snapshot AS stored SET customers = stored.customers - erased.customers
FROM (
    SELECT as_of, count(*) AS customers
    FROM mart.customer_snapshot
    WHERE customer_key IN (SELECT customer_key FROM temp.erased_person) AND lifecycle_stage IS NOT NULL
    GROUP BY as_of
) AS erased
WHERE stored.as_of = erased.as_of;

DELETE FROM mart.customer_snapshot WHERE customer_key IN (SELECT customer_key FROM temp.erased_person);
DELETE FROM mart.segment_person WHERE customer_key IN (SELECT customer_key FROM temp.erased_person);
UPDATE mart.segment_member SET reason = '(forgotten)' WHERE customer_key IN (SELECT customer_key FROM temp.erased_person);
UPDATE mart.campaign_member SET reason = '(forgotten)', stratum = '' WHERE customer_key IN (SELECT customer_key FROM temp.erased_person);
DELETE FROM ops.export_row WHERE customer_key IN (SELECT customer_key FROM temp.erased_person);
