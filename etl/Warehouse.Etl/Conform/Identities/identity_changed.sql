-- The identifiers of which this load says something new: temp.identity_wanted.
CREATE OR REPLACE TEMP TABLE identity_wanted AS
SELECT identity_key FROM star.customer_identity WHERE generation = (SELECT generation FROM temp.identity_context)
UNION
SELECT identity_key FROM star.customer_identifier WHERE generation = (SELECT generation FROM temp.identity_context)
UNION
SELECT identity.identity_key
FROM star.customer_identity AS identity
SEMI JOIN (SELECT source, source_id FROM star.customer_record WHERE generation = (SELECT generation FROM temp.identity_context)) USING (source, source_id);
