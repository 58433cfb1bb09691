-- Gives keys to the channels, products and places that order lines name and that are not known yet.
INSERT INTO star.dim_channel (channel_key, channel, generation)
SELECT
    (SELECT max(channel_key) FROM star.dim_channel) + row_number() OVER (ORDER BY channel),
    channel,
    generation
FROM (SELECT DISTINCT channel FROM temp.mapped_sale WHERE channel IS NOT NULL) AS said
CROSS JOIN temp.load_context
WHERE channel NOT IN (SELECT channel FROM star.dim_channel);

INSERT INTO star.dim_product (product_version_key, product_key, product_id, is_inferred, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
SELECT
    (SELECT max(product_version_key) FROM star.dim_product) + row_number() OVER (ORDER BY load_key, source_line, product),
    (SELECT max(product_key) FROM star.dim_product) + row_number() OVER (ORDER BY load_key, source_line, product),
    product, true, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true,
    known_at, generation, load_key, source_line
FROM (SELECT product, min(load_key) AS load_key, min(source_line) AS source_line FROM temp.mapped_sale GROUP BY product) AS said
CROSS JOIN temp.load_context
WHERE product NOT IN (SELECT product_id FROM star.dim_product);

INSERT INTO star.dim_location (location_key, location_id, is_inferred, known_at, generation, load_key, source_line)
SELECT
    (SELECT max(location_key) FROM star.dim_location) + row_number() OVER (ORDER BY load_key, source_line, location),
    location, true, known_at, generation, load_key, source_line
FROM (
    SELECT location, min(load_key) AS load_key, min(source_line) AS source_line
    FROM temp.mapped_sale
    WHERE location IS NOT NULL
    GROUP BY location
) AS said
CROSS JOIN temp.load_context
WHERE location NOT IN (SELECT location_id FROM star.dim_location);
