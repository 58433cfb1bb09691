-- Takes the contacts of this load into star.fact_contact. A contact's key is the first free key plus its place in the load.
INSERT INTO star.fact_contact
SELECT
    start.first_key + said.mapped_row,
    said.contact_id,
    coalesce(identity.customer_key, -1),
    coalesce(customer.customer_version_key, -1),
    coalesce(channel.channel_key, -1),
    coalesce(reason.reason_key, -1),
    coalesce(agent.agent_key, -1),
    coalesce(product.product_key, -1),
    said.opened_at_date,
    said.order_id,
    said.opened_at,
    said.answered_at,
    said.escalated_at,
    said.resolved_at,
    said.reopened_at,
    said.closed_at,
    coalesce(said.is_answered, said.answered_at IS NOT NULL),
    coalesce(said.is_resolved, said.resolved_at IS NOT NULL AND (said.reopened_at IS NULL OR said.reopened_at < said.resolved_at)),
    coalesce(said.is_complaint, false),
    CAST(said.waiting_seconds AS INTEGER),
    CAST(said.talk_seconds AS INTEGER),
    CAST(said.satisfaction AS TINYINT),
    CASE WHEN context.is_known_at_event THEN least(said.opened_at, context.known_at) ELSE context.known_at END,
    context.generation,
    said.load_key,
    said.source_line
FROM temp.mapped_contact AS said
CROSS JOIN temp.load_context AS context
CROSS JOIN (SELECT coalesce(max(contact_key) + 1, 0) AS first_key FROM star.fact_contact) AS start
LEFT JOIN star.customer_identity AS identity
    ON identity.source = said.customer_identity AND identity.source_id = said.customer
LEFT JOIN star.dim_customer AS customer
    ON customer.customer_key = identity.customer_key
    AND said.opened_at >= customer.valid_from AND said.opened_at < customer.valid_to
LEFT JOIN star.dim_channel AS channel ON channel.channel = said.channel
LEFT JOIN star.dim_reason AS reason ON reason.topic = said.topic AND reason.is_complaint = coalesce(said.is_complaint, false)
LEFT JOIN star.dim_agent AS agent ON agent.agent_id = said.agent
LEFT JOIN star.dim_product AS product ON product.product_id = said.product AND product.is_current;
