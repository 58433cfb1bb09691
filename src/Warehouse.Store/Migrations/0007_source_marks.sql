-- Loads remember how far a database was read, and when a file was written: one that was not touched since is known at a glance.
ALTER TABLE ops.load ADD COLUMN watermark VARCHAR;
ALTER TABLE ops.load ADD COLUMN written_at TIMESTAMPTZ;
