-- Grain: one row per identifier: the person that it stands for before any rule is applied (node_key), and how people name it.
CREATE OR REPLACE TEMP VIEW identity_node AS
SELECT
    identity_key, source, source_id,
    CASE WHEN identity_key IN (SELECT identity_key FROM temp.identity_apart) THEN split_key ELSE home_key END AS node_key,
    source || ':' || source_id AS label
FROM star.customer_identity;
