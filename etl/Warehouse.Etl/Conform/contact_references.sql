-- Gives keys to the channels, agents and products that contacts name and that are not known yet; the topics (temp.topic_told) follow.
INSERT INTO star.dim_channel (channel_key, channel, generation)
SELECT
    (SELECT max(channel_key) FROM star.dim_channel) + row_number() OVER (ORDER BY channel),
    channel,
    generation
FROM (SELECT DISTINCT channel FROM temp.mapped_contact WHERE channel IS NOT NULL) AS said
CROSS JOIN temp.load_context
WHERE channel NOT IN (SELECT channel FROM star.dim_channel);

INSERT INTO star.dim_agent (agent_key, agent_id, generation)
SELECT
    (SELECT max(agent_key) FROM star.dim_agent) + row_number() OVER (ORDER BY agent),
    agent,
    generation
FROM (SELECT DISTINCT agent FROM temp.mapped_contact WHERE agent IS NOT NULL) AS said
CROSS JOIN temp.load_context
WHERE agent NOT IN (SELECT agent_id FROM star.dim_agent);

INSERT INTO star.dim_product (product_version_key, product_key, product_id, is_inferred, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
SELECT
    (SELECT max(product_version_key) FROM star.dim_product) + row_number() OVER (ORDER BY load_key, source_line, product),
    (SELECT max(product_key) FROM star.dim_product) + row_number() OVER (ORDER BY load_key, source_line, product),
    product, true, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true,
    known_at, generation, load_key, source_line
FROM (
    SELECT product, min(load_key) AS load_key, min(source_line) AS source_line
    FROM temp.mapped_contact
    WHERE product IS NOT NULL
    GROUP BY product
) AS said
CROSS JOIN temp.load_context
WHERE product NOT IN (SELECT product_id FROM star.dim_product);

CREATE OR REPLACE TEMP VIEW topic_told AS SELECT topic, is_complaint FROM temp.mapped_contact;
