-- Adds to star.product_record what this load says of products. Of the attributes without a history the last value that the load
-- says holds from the beginning (is_timeless). What is only said again is left out where it says no time of its own;
-- where it does, it is kept: something that was true in between may yet arrive.
INSERT INTO star.product_record
WITH in_order AS (
    SELECT
        *,
        row_number() OVER (ORDER BY valid_from NULLS FIRST, mapped_row) AS place,
        coalesce(name, category, subcategory, brand) IS NOT NULL OR unit_cost IS NOT NULL OR list_price IS NOT NULL
            OR launched_on IS NOT NULL OR is_replenished IS NOT NULL AS says_something
    FROM temp.mapped_product_latest
),
told AS (
    SELECT id, valid_from, name, category, subcategory, brand, unit_cost, list_price, launched_on, is_replenished, load_key, source_line, false AS is_timeless
    FROM temp.mapped_product_versions
    UNION ALL
    SELECT
        id,
        coalesce(max(valid_from) FILTER (says_something), max(valid_from)),
        arg_max(name, place) FILTER (name IS NOT NULL),
        arg_max(category, place) FILTER (category IS NOT NULL),
        arg_max(subcategory, place) FILTER (subcategory IS NOT NULL),
        arg_max(brand, place) FILTER (brand IS NOT NULL),
        arg_max(unit_cost, place) FILTER (unit_cost IS NOT NULL),
        arg_max(list_price, place) FILTER (list_price IS NOT NULL),
        arg_max(launched_on, place) FILTER (launched_on IS NOT NULL),
        arg_max(is_replenished, place) FILTER (is_replenished IS NOT NULL),
        arg_max(load_key, place),
        arg_max(source_line, place),
        true
    FROM in_order
    GROUP BY id
),
said AS (
    SELECT
        id AS product_id,
        CASE
            WHEN is_timeless THEN TIMESTAMPTZ '0001-01-01 00:00:00+00'
            WHEN valid_from IS NOT NULL THEN valid_from
            WHEN id IN (SELECT product_id FROM star.product_record) THEN context.known_at
            ELSE TIMESTAMPTZ '0001-01-01 00:00:00+00'
        END AS valid_from,
        name, category, subcategory, brand, unit_cost, list_price, launched_on, is_replenished,
        CASE WHEN is_known_at_event THEN coalesce(least(valid_from, context.known_at), context.known_at) ELSE context.known_at END AS known_at,
        generation, load_key, source_line, is_timeless,
        valid_from IS NOT NULL AS is_dated
    FROM told
    CROSS JOIN temp.load_context AS context
),
both_said AS (
    SELECT *, true AS is_new FROM said
    UNION ALL
    SELECT *, false, false FROM star.product_record WHERE product_id IN (SELECT product_id FROM said)
),
compared AS (
    SELECT
        *,
        hash(name, category, subcategory, brand, unit_cost, list_price, launched_on, is_replenished) AS content,
        lag(content) OVER before AS content_before,
        lag(valid_from) OVER before AS valid_before,
        lag(known_at) OVER before AS known_before
    FROM both_said
    WINDOW before AS (PARTITION BY product_id, is_timeless ORDER BY valid_from, known_at, is_new, load_key, source_line)
)
SELECT * EXCLUDE (is_dated, is_new, content, content_before, valid_before, known_before, is_known_at_event)
FROM compared
CROSS JOIN (SELECT is_known_at_event FROM temp.load_context) AS context
WHERE is_new AND (
    content IS DISTINCT FROM content_before
    OR (is_dated AND (valid_from <> valid_before OR (is_known_at_event AND known_at <> known_before))));
