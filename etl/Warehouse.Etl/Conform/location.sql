-- Takes the places of this load: a new place gets the next key, a known one the latest attributes (type 1).
CREATE OR REPLACE TEMP TABLE place AS
SELECT *
FROM temp.mapped_location
QUALIFY row_number() OVER (PARTITION BY id ORDER BY load_key DESC, source_line DESC) = 1;

UPDATE star.dim_location AS known
SET name = coalesce(place.name, known.name),
    format = coalesce(place.format, known.format),
    city = coalesce(place.city, known.city),
    region = coalesce(place.region, known.region),
    country = coalesce(place.country, known.country),
    opened_on = coalesce(place.opened_on, known.opened_on),
    is_inferred = false,
    known_at = context.known_at,
    generation = context.generation,
    load_key = place.load_key,
    source_line = place.source_line
FROM temp.place AS place, temp.load_context AS context
WHERE known.location_id = place.id;

INSERT INTO star.dim_location (location_key, location_id, name, format, city, region, country, opened_on, is_inferred, known_at, generation, load_key, source_line)
SELECT
    (SELECT max(location_key) FROM star.dim_location) + row_number() OVER (ORDER BY load_key, source_line),
    id, name, format, city, region, country, opened_on, false, known_at, generation, load_key, source_line
FROM temp.place
CROSS JOIN temp.load_context
WHERE id NOT IN (SELECT location_id FROM star.dim_location);
