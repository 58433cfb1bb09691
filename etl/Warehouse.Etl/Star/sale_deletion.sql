-- The order lines, and the whole orders (where no line is named), that this load says are no more.
CREATE OR REPLACE TEMP VIEW sale_line AS
SELECT mapped_row, load_key, source_line, order_id, line_id, changed_at, true AS is_deleted
FROM temp.mapped_sale_deletion
WHERE line_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE sale_replacement AS
SELECT
    said.order_id, 'order_id' AS scope, said.order_id AS part, CAST(NULL AS VARCHAR) AS feed, said.load_key, said.mapped_row, said.source_line,
    said.changed_at IS NOT NULL AS is_timed, least(coalesce(said.changed_at, context.known_at), context.known_at) AS known_at, context.generation
FROM temp.mapped_sale_deletion AS said
CROSS JOIN temp.load_context AS context
WHERE said.line_id IS NULL;
