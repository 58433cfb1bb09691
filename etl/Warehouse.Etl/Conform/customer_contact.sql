-- Keeps for the persons of this load the latest of each detail by which they can be reached.
CREATE OR REPLACE TEMP TABLE reach AS
SELECT
    identity.customer_key,
    arg_max(given_name, said) FILTER (given_name IS NOT NULL) AS given_name,
    arg_max(family_name, said) FILTER (family_name IS NOT NULL) AS family_name,
    arg_max(email, said) FILTER (email IS NOT NULL) AS email,
    arg_max(phone, said) FILTER (phone IS NOT NULL) AS phone,
    arg_max(street, said) FILTER (street IS NOT NULL) AS street,
    arg_max(postcode, said) FILTER (postcode IS NOT NULL) AS postcode,
    arg_max(city, said) FILTER (city IS NOT NULL) AS city,
    arg_max(country, said) FILTER (country IS NOT NULL) AS country,
    arg_max(record.known_at, said) AS known_at,
    arg_max(record.generation, said) AS generation,
    arg_max(record.load_key, said) AS load_key,
    arg_max(record.source_line, said) AS source_line
FROM (SELECT *, row(valid_from, known_at, load_key, source_line) AS said FROM star.customer_record) AS record
JOIN star.customer_identity AS identity USING (source, source_id)
WHERE identity.customer_key IN (SELECT customer_key FROM temp.person)
GROUP BY identity.customer_key;

DELETE FROM star.customer_contact WHERE customer_key IN (SELECT customer_key FROM temp.reach);

INSERT INTO star.customer_contact BY NAME
SELECT * FROM temp.reach
WHERE coalesce(given_name, family_name, email, phone, street, postcode) IS NOT NULL;
