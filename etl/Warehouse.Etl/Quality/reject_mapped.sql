-- Keeps the rows of this load that fail a check. Parameters: $generation, $feed.
INSERT INTO quality.reject (generation, load_key, feed, source, source_line, column_name, rule, reason, raw)
SELECT
    $generation,
    mapped.load_key,
    $feed,
    load.source,
    mapped.line,
    failed.column_name,
    failed.rule,
    CASE
        WHEN failed.column_name IS NULL THEN failed.expectation
        WHEN mapped.found IS NULL THEN failed.expectation || ', found nothing'
        ELSE failed.expectation || ', found "' || mapped.found || '"'
    END,
    mapped.raw
FROM temp.mapped AS mapped
JOIN temp.feed_check AS failed ON failed.number = mapped.fault
JOIN temp.staged_file AS load ON load.load_key = mapped.load_key
WHERE mapped.fault > 0;
