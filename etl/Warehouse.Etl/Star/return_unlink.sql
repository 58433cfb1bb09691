-- Lines of this load that are no more, and returns that take something else back now, leave no link behind.
DELETE FROM star.open_return
WHERE sale_key IN (SELECT sale_key FROM temp.sale_version)
  AND sale_key NOT IN (SELECT sale_key FROM temp.sale_version WHERE is_current AND NOT is_deletion AND mapped_row IS NULL);

CREATE OR REPLACE TEMP TABLE sale_gone AS
SELECT DISTINCT sale_key, order_id, line_id
FROM temp.sale_version
WHERE NOT is_deletion AND sale_key NOT IN (SELECT sale_key FROM temp.sale_version WHERE is_current AND NOT is_deletion);

INSERT INTO star.open_return (sale_key, returned_order_id, returned_line_id)
SELECT sale.sale_key, gone.order_id, gone.line_id
FROM star.fact_sale AS sale
JOIN temp.sale_gone AS gone ON gone.sale_key = sale.returned_sale_key;

UPDATE star.fact_sale SET returned_sale_key = NULL
WHERE returned_sale_key IN (SELECT sale_key FROM temp.sale_gone);
