-- Grain: one row per row of this load that deletes a whole order, and whether its time makes it a word that was not known.
SELECT told.load_key, told.mapped_row, told.is_timed AND kept.part IS NULL
    AND row_number() OVER (PARTITION BY told.part, told.known_at ORDER BY told.mapped_row) = 1
FROM temp.sale_replacement AS told
LEFT JOIN star.replacement AS kept
    ON kept.fact = 'sale' AND kept.scope = told.scope AND kept.part = told.part AND kept.feed IS NULL AND kept.known_at = told.known_at
