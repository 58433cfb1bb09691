-- Grain: one row per customer of whom something changed since the destination last heard of him.
-- Parameters: $export_key, $list, $kind, $wave, $destination, $definition.
INSERT INTO ops.export_row (export_key, place, customer_key, change, fields)
WITH sent AS (
    SELECT row.customer_key, arg_max(row.change, row.export_key) AS change, arg_max(row.fields, row.export_key) AS fields
    FROM ops.export_row AS row
    JOIN ops.export AS export ON export.export_key = row.export_key
    WHERE export.finished_at IS NOT NULL
      AND export.kind = $kind AND export.list = $list AND export.wave = $wave AND export.destination = $destination AND export.definition = $definition
    GROUP BY row.customer_key
),
known AS (
    SELECT customer_key, fields FROM sent WHERE change <> 'removed'
)
SELECT
    $export_key,
    row_number() OVER (ORDER BY coalesce(wanted.customer_key, known.customer_key)) - 1,
    coalesce(wanted.customer_key, known.customer_key),
    CASE WHEN known.customer_key IS NULL THEN 'added' WHEN wanted.customer_key IS NULL THEN 'removed' ELSE 'changed' END,
    coalesce(wanted.fields, known.fields)
FROM temp.export_wanted AS wanted
FULL JOIN known ON known.customer_key = wanted.customer_key
WHERE wanted.fields IS DISTINCT FROM known.fields
ORDER BY 2
