-- Grain: one row per aspect and subject of the data's quality.
-- validity: rows of a feed that were good, or are mended; uniqueness: rows that were no repetition; completeness: values that
-- are there; timeliness: facts of the newest generation that were known soon after they happened; checks: the newest audits.
WITH feed AS (
    SELECT feed, sum(rows_read) AS rows_read, sum(rows_already_loaded) AS rows_again, max(finished_at) AS latest, count(*) AS loads
    FROM ops.load
    GROUP BY feed
),
open AS (
    SELECT feed, count(*) AS rows, count(*) FILTER (rule = 'duplicate') AS duplicates
    FROM quality.reject
    WHERE mended_generation IS NULL
    GROUP BY feed
),
value AS (
    UNPIVOT (
        SELECT
            count(*) AS rows,
            count(birth_year) AS birth_year, count(gender) AS gender, count(occupation) AS occupation,
            count(city) AS city, count(postcode_area) AS postcode_area, count(country) AS country,
            count(acquisition_channel) AS acquisition_channel, count(registered_on) AS registered_on, count(confirmed_on) AS confirmed_on
        FROM star.dim_customer
        WHERE is_current AND customer_key >= 0 AND NOT is_inferred
    )
    ON birth_year, gender, occupation, city, postcode_area, country, acquisition_channel, registered_on, confirmed_on
    INTO NAME attribute VALUE filled
),
finding AS (
    SELECT 'validity' AS aspect, feed AS subject,
        1 - coalesce(open.rows, 0) / nullif(rows_read, 0) AS share, coalesce(open.rows, 0) AS offenders, CAST(rows_read AS BIGINT) AS rows,
        CASE WHEN open.rows > 0 THEN 'rejected rows are open' END AS note
    FROM feed LEFT JOIN open USING (feed)
    UNION ALL
    SELECT 'uniqueness', feed,
        1 - (coalesce(open.duplicates, 0) + rows_again) / nullif(rows_read, 0),
        CAST(coalesce(open.duplicates, 0) + rows_again AS BIGINT), CAST(rows_read AS BIGINT), NULL
    FROM feed LEFT JOIN open USING (feed)
    UNION ALL
    SELECT 'completeness', 'star.dim_customer.' || attribute, filled / nullif(rows, 0), rows - filled, rows, NULL FROM value
    UNION ALL
    SELECT 'completeness', 'star.fact_sale.customer_key', count(*) FILTER (customer_key >= 0) / nullif(count(*), 0),
        count(*) FILTER (customer_key < 0), count(*), 'lines whose customer is known'
    FROM star.fact_sale
    UNION ALL
    SELECT 'completeness', 'star.fact_sale.cost_amount', count(cost_amount) / nullif(count(*), 0),
        count(*) - count(cost_amount), count(*), 'lines whose cost is known'
    FROM star.fact_sale
    UNION ALL
    SELECT 'timeliness', 'star.fact_sale', count(*) FILTER (known_at <= ordered_at + INTERVAL 2 DAY) / nullif(count(*), 0),
        count(*) FILTER (known_at > ordered_at + INTERVAL 2 DAY), count(*), 'known within 2 days, newest generation'
    FROM star.fact_sale
    WHERE generation = (SELECT max(generation) FROM star.fact_sale)
    UNION ALL
    SELECT 'timeliness', feed, NULL, NULL, loads, 'last loaded ' || strftime(latest, '%Y-%m-%d %H:%M UTC') FROM feed
    UNION ALL
    SELECT 'checks', name, CASE WHEN rows_checked > 0 THEN 1 - offenders / rows_checked END, offenders, rows_checked,
        severity || CASE WHEN is_broken THEN ', broken' ELSE '' END || coalesce(': ' || example, '')
    FROM quality.audit
    WHERE generation = (SELECT max(generation) FROM quality.audit)
    UNION ALL
    SELECT 'rejects', feed || coalesce('.' || column_name, '') || ' ' || rule, NULL, count(*), NULL, arg_min(reason, (load_key, source_line))
    FROM quality.reject
    WHERE mended_generation IS NULL
    GROUP BY feed, column_name, rule
)
SELECT aspect, subject, CAST(share AS DOUBLE), offenders, rows, note
FROM finding
ORDER BY list_position(['validity', 'completeness', 'uniqueness', 'timeliness', 'checks', 'rejects'], aspect), offenders DESC NULLS LAST, subject
