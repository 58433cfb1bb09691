-- Grain: one row. How many people were known on the date, and how many of them were forgotten since.
SELECT count(*) AS known, count(*) FILTER (customer_key IN (SELECT customer_key FROM ops.forgotten_customer)) AS forgotten
FROM temp.customer_activity
