-- Grain: one row per length of a gap between two days of purchase of one customer, with how many gaps are as long. Gaps that
-- are still open have no length yet: they are counted apart, by how long they have lasted.
WITH day AS (
    SELECT DISTINCT customer_key, date_key
    FROM star.sale_version
    WHERE customer_key >= 0 AND NOT is_return AND date_key < $as_of AND known_at < $known_before AND known_to >= $known_before
),
gap AS (
    SELECT
        lead(date_key) OVER (PARTITION BY customer_key ORDER BY date_key) IS NOT NULL AS is_closed,
        coalesce(lead(date_key) OVER (PARTITION BY customer_key ORDER BY date_key), $as_of) - date_key AS days
    FROM day
)
SELECT days, count(*) FILTER (is_closed) AS closed, count(*) FILTER (NOT is_closed) AS still_open
FROM gap
GROUP BY days
ORDER BY days
