-- The rooms of the database: staging (as read), quality (rejects, audits), star, mart (snapshots, rollups), ops (generations, loads, jobs).
CREATE SCHEMA staging;
CREATE SCHEMA quality;
CREATE SCHEMA star;
CREATE SCHEMA mart;
CREATE SCHEMA ops;
