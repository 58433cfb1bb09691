-- The contacts that this load says are no more.
CREATE OR REPLACE TEMP VIEW contact_line AS
SELECT mapped_row, load_key, source_line, contact_id, changed_at, true AS is_deleted
FROM temp.mapped_contact_deletion;
