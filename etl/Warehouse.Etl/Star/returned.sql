-- The lines that the returns of this load take back, in this load or before it.
CREATE OR REPLACE TEMP TABLE returned AS
WITH taken_back AS (
    SELECT mapped_row, returned_order_id AS order_id, returned_line_id AS line_id
    FROM temp.sale_line
    WHERE returned_order_id IS NOT NULL AND returned_line_id IS NOT NULL
),
sold AS (
    SELECT order_id, line_id, first_key + mapped_row AS sale_key
    FROM temp.sale_line
    CROSS JOIN temp.sale_start
    WHERE (order_id, line_id) IN (SELECT (order_id, line_id) FROM taken_back)
    UNION ALL
    SELECT order_id, line_id, sale_key
    FROM star.fact_sale
    WHERE (order_id, line_id) IN (SELECT (order_id, line_id) FROM taken_back)
)
SELECT mapped_row, order_id, line_id, min(sale_key) AS sale_key
FROM taken_back
LEFT JOIN sold USING (order_id, line_id)
GROUP BY ALL;
