-- Grain: one row. Persons known on the date who were forgotten since.
SELECT count(*)
FROM temp.customer_activity
WHERE customer_key IN (SELECT customer_key FROM ops.forgotten_customer)
