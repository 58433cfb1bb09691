-- Grain: one row per customer who is in a segment at one of two dates and not at the other, with the tests that hold at one
-- of them alone. A customer who was not known at a date is in nothing then. Parameters: $tests, the tests in words.
SELECT
    coalesce(later.customer_key, earlier.customer_key) AS customer_key,
    coalesce(person.customer_id, '(unknown)') AS customer_id,
    coalesce(later.is_member, false) AS has_joined,
    coalesce(later.value, earlier.value) AS value,
    CASE
        WHEN earlier.customer_key IS NULL THEN 'was not known before'
        WHEN later.customer_key IS NULL THEN 'is not known any more'
        ELSE coalesce(nullif(list_aggregate(list_filter(
            [
                CASE
                    WHEN later.held[place] AND NOT earlier.held[place] THEN 'now ' || CAST($tests AS VARCHAR[])[place]
                    WHEN earlier.held[place] AND NOT later.held[place] THEN 'no longer ' || CAST($tests AS VARCHAR[])[place]
                END
                FOR place IN range(1, len(later.held) + 1)
            ],
            lambda words: words IS NOT NULL), 'string_agg', '; '), ''), 'the order of value')
    END AS reason
FROM temp.segment_earlier AS earlier
FULL JOIN temp.segment_found AS later ON later.customer_key = earlier.customer_key
LEFT JOIN star.dim_customer AS person ON person.customer_key = coalesce(later.customer_key, earlier.customer_key) AND person.is_current
WHERE coalesce(earlier.is_member, false) <> coalesce(later.is_member, false)
ORDER BY has_joined DESC, value DESC, customer_key
