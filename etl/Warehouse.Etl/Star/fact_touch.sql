-- Takes the touches of this load into star.fact_touch. A touch's key is the first free key plus its place in the load.
INSERT INTO star.fact_touch
SELECT
    start.first_key + said.mapped_row,
    campaign.campaign_key,
    identity.customer_key,
    customer.customer_version_key,
    said.assigned_at_date,
    said.arm,
    said.assigned_at,
    said.sent_at,
    said.delivered_at,
    said.bounced_at,
    said.opened_at,
    said.clicked_at,
    said.converted_at,
    said.unsubscribed_at,
    coalesce(said.cost_amount, 0),
    CASE WHEN context.is_known_at_event THEN least(said.assigned_at, context.known_at) ELSE context.known_at END,
    context.generation,
    said.load_key,
    said.source_line
FROM temp.mapped_touch AS said
CROSS JOIN temp.load_context AS context
CROSS JOIN (SELECT coalesce(max(touch_key) + 1, 0) AS first_key FROM star.fact_touch) AS start
JOIN star.dim_campaign AS campaign ON campaign.campaign_id = said.campaign AND campaign.wave = coalesce(said.wave, 1)
JOIN star.customer_identity AS identity
    ON identity.source = said.customer_identity AND identity.source_id = said.customer
JOIN star.dim_customer AS customer
    ON customer.customer_key = identity.customer_key
    AND said.assigned_at >= customer.valid_from AND said.assigned_at < customer.valid_to;
