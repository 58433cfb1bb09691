-- What was told of touches before this load, with NULL where nothing was told: now and in the past.
CREATE OR REPLACE TEMP VIEW touch_known AS
SELECT * REPLACE (nullif(cost_amount, 0) AS cost_amount) FROM star.fact_touch;

CREATE OR REPLACE TEMP VIEW touch_past AS
SELECT * REPLACE (nullif(cost_amount, 0) AS cost_amount) FROM star.fact_touch_history;
