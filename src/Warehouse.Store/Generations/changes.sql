-- Grain: one row per table that loads change and per measure of it: what became of its rows between two generations, and the
-- measure's total in both. Parameters: $from and $to (generation numbers).
-- A version of a fact is seen in the generations from its own on and before the one that ended it.
WITH sale AS (
    SELECT
        sale_key AS key, generation, net_amount AS amount,
        generation <= $from AND coalesce(ended_generation > $from, true) AS is_before,
        generation <= $to AND coalesce(ended_generation > $to, true) AS is_after
    FROM star.sale_version
),
contact AS (
    SELECT
        contact_key AS key, generation, CAST(is_resolved AS DECIMAL(18,4)) AS amount,
        generation <= $from AND coalesce(ended_generation > $from, true) AS is_before,
        generation <= $to AND coalesce(ended_generation > $to, true) AS is_after
    FROM star.contact_version
),
touch AS (
    SELECT
        touch_key AS key, generation, cost_amount AS amount,
        generation <= $from AND coalesce(ended_generation > $from, true) AS is_before,
        generation <= $to AND coalesce(ended_generation > $to, true) AS is_after
    FROM star.touch_version
),
-- Rows that stand in both alike cancel out before anything is grouped.
moved AS (
    SELECT 'sale' AS fact, key, is_before, is_after FROM sale WHERE is_before <> is_after
    UNION ALL SELECT 'contact', key, is_before, is_after FROM contact WHERE is_before <> is_after
    UNION ALL SELECT 'touch', key, is_before, is_after FROM touch WHERE is_before <> is_after
),
fate AS (
    SELECT fact, key, bool_or(is_before) AS was, bool_or(is_after) AS remains FROM moved GROUP BY fact, key
),
counted AS (
    SELECT fact, count(*) FILTER (NOT was) AS inserted, count(*) FILTER (was AND remains) AS corrected, count(*) FILTER (NOT remains) AS deleted
    FROM fate
    GROUP BY fact
),
total AS (
    SELECT 'sale' AS fact, 'net_amount' AS measure, count(*) FILTER (is_before) AS rows_before, count(*) FILTER (is_after) AS rows_after,
        coalesce(sum(amount) FILTER (is_before), 0) AS total_before, coalesce(sum(amount) FILTER (is_after), 0) AS total_after
    FROM sale
    UNION ALL
    SELECT 'contact', 'resolved', count(*) FILTER (is_before), count(*) FILTER (is_after),
        coalesce(sum(amount) FILTER (is_before), 0), coalesce(sum(amount) FILTER (is_after), 0)
    FROM contact
    UNION ALL
    SELECT 'touch', 'cost_amount', count(*) FILTER (is_before), count(*) FILTER (is_after),
        coalesce(sum(amount) FILTER (is_before), 0), coalesce(sum(amount) FILTER (is_after), 0)
    FROM touch
),
record AS (
    SELECT 'star.customer_record' AS name, generation FROM star.customer_record
    UNION ALL SELECT 'star.product_record', generation FROM star.product_record
    UNION ALL SELECT 'star.customer_identity', generation FROM star.customer_identity
    UNION ALL SELECT 'star.customer_consent', generation FROM star.customer_consent
    UNION ALL SELECT 'quality.reject', generation FROM quality.reject
)
SELECT
    'star.fact_' || fact, coalesce(inserted, 0), coalesce(corrected, 0), coalesce(deleted, 0), rows_before, rows_after, measure,
    CAST(total_before AS DECIMAL(38,4)), CAST(total_after AS DECIMAL(38,4))
FROM total
LEFT JOIN counted USING (fact)
UNION ALL
SELECT
    name, count(*) FILTER (generation > $from AND generation <= $to), 0, 0,
    count(*) FILTER (generation <= $from), count(*) FILTER (generation <= $to), NULL, NULL, NULL
FROM record
GROUP BY name
ORDER BY 1
