-- The touches of this load as rows of star.fact_touch. A touch's key is its place in the load, counted from the first free key
-- (temp.touch_start). touch_said is what the rows say, with NULL where they say nothing; touch_row what the star holds where nothing
-- else was told of the touch.
-- What came of a touch may be told by another identifier of the person than that by which he was drawn.
CREATE OR REPLACE TEMP VIEW touch_line AS
WITH drawn AS (
    SELECT campaign_key, customer_key, min(identity_key) AS identity_key FROM star.fact_touch GROUP BY campaign_key, customer_key
)
SELECT
    said.*, campaign.campaign_key, identity.customer_key,
    CASE WHEN said.arm IS NULL THEN coalesce(own.identity_key, drawn.identity_key, identity.identity_key) ELSE identity.identity_key END AS identity_key
FROM temp.mapped_touch AS said
JOIN star.dim_campaign AS campaign ON campaign.campaign_id = said.campaign AND campaign.wave = coalesce(said.wave, 1)
JOIN star.customer_identity AS identity
    ON identity.source = said.customer_identity AND identity.source_id = said.customer
LEFT JOIN (SELECT campaign_key, identity_key FROM star.fact_touch) AS own
    ON own.campaign_key = campaign.campaign_key AND own.identity_key = identity.identity_key
LEFT JOIN drawn ON drawn.campaign_key = campaign.campaign_key AND drawn.customer_key = identity.customer_key;

CREATE OR REPLACE TEMP VIEW touch_said AS
SELECT
    said.mapped_row,
    start.first_key + said.mapped_row AS touch_key,
    said.campaign_key,
    said.customer_key,
    CAST(NULL AS INTEGER) AS customer_version_key,
    said.assigned_at_date AS date_key,
    said.arm,
    said.assigned_at,
    said.sent_at,
    said.delivered_at,
    said.bounced_at,
    said.opened_at,
    said.clicked_at,
    said.converted_at,
    said.unsubscribed_at,
    said.cost_amount,
    CASE
        WHEN context.is_known_at_event THEN least(coalesce(said.changed_at, said.assigned_at), context.known_at)
        ELSE context.known_at
    END AS known_at,
    context.generation,
    said.load_key,
    said.source_line,
    said.identity_key,
    said.replied_at
FROM temp.touch_line AS said
CROSS JOIN temp.load_context AS context
CROSS JOIN temp.touch_start AS start;

CREATE OR REPLACE TEMP VIEW touch_row AS
SELECT
    said.* REPLACE (
        customer.customer_version_key AS customer_version_key,
        coalesce(said.cost_amount, 0) AS cost_amount)
FROM temp.touch_said AS said
LEFT JOIN star.dim_customer AS customer
    ON customer.customer_key = said.customer_key
    AND said.assigned_at >= customer.valid_from AND said.assigned_at < customer.valid_to;
