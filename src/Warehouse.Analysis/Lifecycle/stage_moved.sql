-- Grain: one row per pair of stages that a customer had at the two dates; NULL where he was not known.
SELECT before.stage AS stage_before, after.stage AS stage_after, count(*) AS customers
FROM temp.customer_stage_before AS before
FULL JOIN temp.customer_stage AS after USING (customer_key)
GROUP BY before.stage, after.stage
