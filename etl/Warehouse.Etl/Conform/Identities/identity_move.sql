-- Gives the identifiers in temp.identity_moved their person, and takes along what belongs to it: facts, consents, versions,
-- contact details.
INSERT INTO star.identity_history (identity_key, customer_key, known_at, known_to, ended_generation)
SELECT moved.identity_key, moved.old_key, coalesce(before.known_to, identity.known_at), context.known_at, context.generation
FROM temp.identity_moved AS moved
JOIN star.customer_identity AS identity USING (identity_key)
LEFT JOIN (SELECT identity_key, max(known_to) AS known_to FROM star.identity_history GROUP BY identity_key) AS before USING (identity_key)
CROSS JOIN temp.identity_context AS context
WHERE identity.generation < context.generation;

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
