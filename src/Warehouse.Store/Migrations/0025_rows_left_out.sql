-- Rows that a feed's filter leaves out are counted.
ALTER TABLE ops.load ADD COLUMN rows_left_out BIGINT;
