-- Grain: one row per item of temp.sold_item, with how many customers it counts for, as counted before among all customers.
CREATE OR REPLACE TEMP TABLE item_size AS
SELECT named.item_key, kept.customers
FROM (SELECT unnest(CAST($items AS VARCHAR[])) AS item, unnest(CAST($customers AS BIGINT[])) AS customers) AS kept
JOIN (SELECT DISTINCT item_key, item FROM temp.sold_item) AS named ON named.item = kept.item
