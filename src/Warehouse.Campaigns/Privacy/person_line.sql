-- Grain: one row per file and line from which something of the person was loaded. Reads temp.erased_identity and temp.erased_person.
SELECT DISTINCT load.source, said.source_line
FROM (
    SELECT load_key, source_line FROM star.fact_sale WHERE customer_key IN (SELECT customer_key FROM temp.erased_person)
    UNION ALL SELECT load_key, source_line FROM star.fact_sale_history WHERE customer_key IN (SELECT customer_key FROM temp.erased_person)
    UNION ALL SELECT load_key, source_line FROM star.fact_contact WHERE customer_key IN (SELECT customer_key FROM temp.erased_person)
    UNION ALL SELECT load_key, source_line FROM star.fact_contact_history WHERE customer_key IN (SELECT customer_key FROM temp.erased_person)
    UNION ALL SELECT load_key, source_line FROM star.fact_touch WHERE customer_key IN (SELECT customer_key FROM temp.erased_person)
    UNION ALL SELECT load_key, source_line FROM star.fact_touch_history WHERE customer_key IN (SELECT customer_key FROM temp.erased_person)
    UNION ALL SELECT load_key, source_line FROM star.customer_consent WHERE customer_key IN (SELECT customer_key FROM temp.erased_person)
    UNION ALL SELECT load_key, source_line FROM star.customer_identity WHERE customer_key IN (SELECT customer_key FROM temp.erased_person)
    UNION ALL SELECT record.load_key, record.source_line FROM star.customer_record AS record JOIN temp.erased_identity USING (source, source_id)
) AS said
JOIN ops.load AS load ON load.load_key = said.load_key
ORDER BY ALL
