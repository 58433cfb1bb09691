-- Loads remember what a web server calls a file's content, so that it need not be fetched again unchanged.
ALTER TABLE ops.load ADD COLUMN remote_version VARCHAR;
