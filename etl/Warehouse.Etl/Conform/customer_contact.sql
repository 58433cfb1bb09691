-- Keeps for the persons of this load each detail by which they can be reached, as it holds now.
CREATE OR REPLACE TEMP TABLE reach AS
SELECT
    customer_key,
    arg_max(given_name, place) FILTER (given_name IS NOT NULL) AS given_name,
    arg_max(family_name, place) FILTER (family_name IS NOT NULL) AS family_name,
    arg_max(email, place) FILTER (email IS NOT NULL) AS email,
    arg_max(phone, place) FILTER (phone IS NOT NULL) AS phone,
    arg_max(street, place) FILTER (street IS NOT NULL) AS street,
    arg_max(postcode, place) FILTER (postcode IS NOT NULL) AS postcode,
    arg_max(city, place) FILTER (city IS NOT NULL) AS city,
    arg_max(country, place) FILTER (country IS NOT NULL) AS country,
    arg_max(known_at, place) AS known_at,
    arg_max(generation, place) AS generation,
    arg_max(load_key, place) AS load_key,
    arg_max(source_line, place) AS source_line
FROM star.customer_told(TIMESTAMPTZ '9999-12-31 00:00:00+00', 'temp.person')
GROUP BY customer_key;

DELETE FROM star.customer_contact WHERE customer_key IN (SELECT customer_key FROM temp.reach);

INSERT INTO star.customer_contact BY NAME
SELECT * FROM temp.reach
WHERE coalesce(given_name, family_name, email, phone, street, postcode) IS NOT NULL;
