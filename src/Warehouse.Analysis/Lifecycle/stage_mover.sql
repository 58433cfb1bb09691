-- Grain: one row per customer who moved from the one stage to the other; no stage where he was not known.
SELECT after.customer_key
FROM temp.customer_stage AS after
LEFT JOIN temp.customer_stage_before AS before USING (customer_key)
WHERE after.stage = $stage_after AND before.stage IS NOT DISTINCT FROM $stage_before
