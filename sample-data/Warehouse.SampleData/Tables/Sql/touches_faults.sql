-- The rows of touches.parquet that have a fault, by their number in the file (1 for the first).
SELECT line, fault FROM touches_numbered WHERE fault IS NOT NULL ORDER BY line;
