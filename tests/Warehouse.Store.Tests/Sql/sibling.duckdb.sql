-- The text that is duckdb's own.
SELECT 'own'
