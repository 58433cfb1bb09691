-- The touches that this load says are no more.
CREATE OR REPLACE TEMP VIEW touch_line AS
SELECT said.mapped_row, said.load_key, said.source_line, campaign.campaign_key, identity.identity_key, said.changed_at, true AS is_deleted
FROM temp.mapped_touch AS said
JOIN star.dim_campaign AS campaign ON campaign.campaign_id = said.campaign AND campaign.wave = coalesce(said.wave, 1)
JOIN star.customer_identity AS identity ON identity.source = said.customer_identity AND identity.source_id = said.customer;

CREATE OR REPLACE TEMP VIEW touch_said AS
SELECT CAST(NULL AS BIGINT) AS mapped_row, * FROM temp.touch_known WHERE false;
