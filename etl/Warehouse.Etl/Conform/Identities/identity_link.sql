-- Puts the links in temp.identity_linked in place of those of the identifiers in temp.identity_wanted. One that held before keeps
-- the generation in which it was found.
CREATE OR REPLACE TEMP TABLE identity_link_before AS
SELECT * FROM star.identity_link SEMI JOIN temp.identity_wanted USING (identity_key);

DELETE FROM star.identity_link WHERE identity_key IN (SELECT identity_key FROM temp.identity_wanted);

INSERT INTO star.identity_link (identity_key, other_identity_key, rule, matched, generation)
SELECT linked.identity_key, linked.other_identity_key, linked.rule, linked.matched, coalesce(before.generation, context.generation)
FROM temp.identity_linked AS linked
CROSS JOIN temp.identity_context AS context
LEFT JOIN temp.identity_link_before AS before USING (identity_key, other_identity_key, rule, matched);
