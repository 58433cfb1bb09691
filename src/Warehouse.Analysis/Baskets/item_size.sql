-- Grain: one row per item, with how many customers it counts for.
CREATE OR REPLACE TEMP TABLE item_size AS
SELECT item_key, count(*) AS customers
FROM temp.item_buyer
GROUP BY item_key
