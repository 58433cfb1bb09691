-- Adds to star.product_record what this load says of products that differs from what was said before.
-- Where a feed keeps no history its latest row holds from the beginning.
INSERT INTO star.product_record
WITH said AS (
    SELECT
        id AS product_id,
        CASE
            WHEN NOT keeps_history THEN TIMESTAMPTZ '0001-01-01 00:00:00+00'
            WHEN valid_from IS NOT NULL THEN valid_from
            WHEN id IN (SELECT product_id FROM star.product_record) THEN context.known_at
            ELSE TIMESTAMPTZ '0001-01-01 00:00:00+00'
        END AS valid_from,
        valid_from AS said_from,
        name, category, subcategory, brand, unit_cost, list_price, launched_on, is_replenished,
        CASE WHEN is_known_at_event THEN coalesce(least(valid_from, context.known_at), context.known_at) ELSE context.known_at END AS known_at,
        generation, load_key, source_line
    FROM temp.mapped_product
    CROSS JOIN temp.load_context AS context
    QUALIFY keeps_history OR row_number() OVER (PARTITION BY id ORDER BY said_from DESC NULLS LAST, load_key DESC, source_line DESC) = 1
),
both_said AS (
    SELECT * EXCLUDE (said_from), true AS is_new FROM said
    UNION ALL
    SELECT *, false FROM star.product_record WHERE product_id IN (SELECT product_id FROM said)
),
compared AS (
    SELECT
        *,
        hash(name, category, subcategory, brand, unit_cost, list_price, launched_on, is_replenished) AS content,
        lag(content) OVER (PARTITION BY product_id ORDER BY valid_from, is_new, load_key, source_line) AS content_before
    FROM both_said
)
SELECT * EXCLUDE (is_new, content, content_before)
FROM compared
WHERE is_new AND content IS DISTINCT FROM content_before;
