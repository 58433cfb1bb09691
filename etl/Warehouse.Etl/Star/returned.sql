-- The lines that the returns of this load take back, in this load or before it.
CREATE OR REPLACE TEMP TABLE returned AS
WITH taken_back AS (
    SELECT mapped_row, returned_order_id AS order_id, returned_line_id AS line_id
    FROM temp.sale_line
    WHERE returned_order_id IS NOT NULL AND returned_line_id IS NOT NULL
),
-- A line that was deleted keeps its key for when it comes again; until then nothing is linked to it.
sold AS (
    SELECT order_id, line_id, first_key + mapped_row AS sale_key, true AS is_there
    FROM temp.sale_line
    CROSS JOIN temp.sale_start
    WHERE NOT coalesce(is_deleted, false) AND (order_id, line_id) IN (SELECT (order_id, line_id) FROM taken_back)
    UNION ALL
    SELECT order_id, line_id, sale_key, true
    FROM star.fact_sale
    WHERE (order_id, line_id) IN (SELECT (order_id, line_id) FROM taken_back)
    UNION ALL
    SELECT order_id, line_id, sale_key, false
    FROM star.fact_sale_history
    WHERE (order_id, line_id) IN (SELECT (order_id, line_id) FROM taken_back)
),
known AS (
    SELECT order_id, line_id, min(sale_key) AS sale_key FROM sold GROUP BY order_id, line_id HAVING bool_or(is_there)
)
SELECT taken_back.*, known.sale_key
FROM taken_back
LEFT JOIN known USING (order_id, line_id);
