-- Gives every identifier the person that temp.identity_person says its node is, and takes along what belongs to it: facts,
-- consents, versions, contact details.
CREATE OR REPLACE TEMP TABLE identity_moved AS
SELECT identity.identity_key, identity.customer_key AS old_key, coalesce(person.customer_key, node.node_key) AS customer_key
FROM star.customer_identity AS identity
JOIN temp.identity_node AS node USING (identity_key)
LEFT JOIN temp.identity_person AS person ON person.node_key = node.node_key
WHERE identity.customer_key <> coalesce(person.customer_key, node.node_key);

UPDATE star.customer_identity AS identity SET customer_key = moved.customer_key
FROM temp.identity_moved AS moved
WHERE identity.identity_key = moved.identity_key;

CREATE OR REPLACE TEMP TABLE person AS
SELECT old_key AS customer_key FROM temp.identity_moved
UNION
SELECT customer_key FROM temp.identity_moved;

UPDATE star.customer_consent AS consent SET customer_key = moved.customer_key
FROM temp.identity_moved AS moved WHERE consent.identity_key = moved.identity_key;

UPDATE star.fact_sale AS fact SET customer_key = moved.customer_key
FROM temp.identity_moved AS moved WHERE fact.identity_key = moved.identity_key;

UPDATE star.fact_sale_history AS fact SET customer_key = moved.customer_key
FROM temp.identity_moved AS moved WHERE fact.identity_key = moved.identity_key;

UPDATE star.fact_contact AS fact SET customer_key = moved.customer_key
FROM temp.identity_moved AS moved WHERE fact.identity_key = moved.identity_key;

UPDATE star.fact_contact_history AS fact SET customer_key = moved.customer_key
FROM temp.identity_moved AS moved WHERE fact.identity_key = moved.identity_key;

UPDATE star.fact_touch AS fact SET customer_key = moved.customer_key
FROM temp.identity_moved AS moved WHERE fact.identity_key = moved.identity_key;

UPDATE star.fact_touch_history AS fact SET customer_key = moved.customer_key
FROM temp.identity_moved AS moved WHERE fact.identity_key = moved.identity_key;

DELETE FROM star.customer_contact WHERE customer_key IN (SELECT customer_key FROM temp.person);

-- A person of whom no source says anything now has no versions of that; one whom nothing names any more has none at all.
DELETE FROM star.dim_customer
WHERE customer_key IN (SELECT customer_key FROM temp.person)
  AND customer_key NOT IN (
    SELECT identity.customer_key
    FROM star.customer_identity AS identity
    JOIN star.customer_record AS record USING (source, source_id));
