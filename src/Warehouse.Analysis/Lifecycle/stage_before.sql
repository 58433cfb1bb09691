-- Keeps the stages of the earlier date beside those of the later one.
CREATE OR REPLACE TEMP TABLE customer_stage_before AS
SELECT customer_key, stage
FROM temp.customer_stage
