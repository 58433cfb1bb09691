-- The contacts that this load says are no more.
CREATE OR REPLACE TEMP VIEW contact_line AS
SELECT mapped_row, load_key, source_line, contact_id, changed_at, true AS is_deleted
FROM temp.mapped_contact_deletion;

CREATE OR REPLACE TEMP VIEW contact_said AS
SELECT CAST(NULL AS BIGINT) AS mapped_row, * FROM temp.contact_known WHERE false;
