-- Finds the identifiers in temp.identity_wanted that are another person's now, as temp.identity_person says.
CREATE OR REPLACE TEMP TABLE identity_moved AS
SELECT identity.identity_key, identity.customer_key AS old_key, coalesce(person.customer_key, node.node_key) AS customer_key
FROM star.customer_identity AS identity
SEMI JOIN temp.identity_wanted USING (identity_key)
JOIN temp.identity_node AS node USING (identity_key)
LEFT JOIN temp.identity_person AS person ON person.node_key = node.node_key
WHERE identity.customer_key <> coalesce(person.customer_key, node.node_key);
