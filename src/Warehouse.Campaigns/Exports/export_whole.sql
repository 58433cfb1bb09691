-- Grain: one row per customer of a list that is sent whole. Parameters: $export_key.
INSERT INTO ops.export_row (export_key, place, customer_key, change, fields)
SELECT $export_key, row_number() OVER (ORDER BY customer_key) - 1, customer_key, 'added', fields
FROM temp.export_wanted
