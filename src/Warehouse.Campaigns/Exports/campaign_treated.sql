-- Grain: one row per treated customer of a launched wave. Parameters: $launch_key.
CREATE OR REPLACE TEMP TABLE export_member AS
SELECT customer_key, value, reason, arm, expected_profit
FROM mart.campaign_member
WHERE launch_key = $launch_key AND arm <> 'control'
