-- Keeps in mind the returns of this load whose sold line is not known, and links those that waited for a line of this load.
INSERT INTO star.open_return (sale_key, returned_order_id, returned_line_id)
SELECT sale.sale_key, returned.order_id, returned.line_id
FROM temp.returned AS returned
JOIN temp.sale_line AS line ON line.mapped_row = returned.mapped_row
JOIN star.fact_sale AS sale ON sale.load_key = line.load_key AND sale.source_line = line.source_line
WHERE returned.sale_key IS NULL;

CREATE OR REPLACE TEMP TABLE return_linked AS
SELECT waiting.sale_key, sold.sale_key AS returned_sale_key
FROM star.open_return AS waiting
JOIN star.fact_sale AS sold ON sold.order_id = waiting.returned_order_id AND sold.line_id = waiting.returned_line_id
WHERE sold.generation = (SELECT generation FROM temp.load_context);

UPDATE star.fact_sale AS sale SET returned_sale_key = linked.returned_sale_key
FROM temp.return_linked AS linked
WHERE sale.sale_key = linked.sale_key;

DELETE FROM star.open_return WHERE sale_key IN (SELECT sale_key FROM temp.return_linked);
