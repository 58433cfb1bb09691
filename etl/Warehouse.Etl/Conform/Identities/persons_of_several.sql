-- The persons of whom several identifiers are described.
CREATE OR REPLACE TEMP TABLE person AS
SELECT identity.customer_key
FROM star.customer_identity AS identity
SEMI JOIN star.customer_record USING (source, source_id)
GROUP BY identity.customer_key
HAVING count(*) > 1;
