-- The contacts of this load as rows of star.fact_contact. A contact's key is its place in the load, counted from the first free key
-- (temp.contact_start). contact_said is what the rows say, with NULL where they say nothing; contact_row what the star holds where
-- nothing else was told of the contact.
CREATE OR REPLACE TEMP VIEW contact_line AS
SELECT * FROM temp.mapped_contact;

CREATE OR REPLACE TEMP VIEW contact_said AS
SELECT
    said.mapped_row,
    start.first_key + said.mapped_row AS contact_key,
    said.contact_id,
    identity.customer_key,
    CAST(NULL AS INTEGER) AS customer_version_key,
    channel.channel_key,
    CAST(NULL AS INTEGER) AS reason_key,
    agent.agent_key,
    product.product_key,
    said.opened_at_date AS date_key,
    said.order_id,
    said.opened_at,
    said.answered_at,
    said.escalated_at,
    said.resolved_at,
    said.reopened_at,
    said.closed_at,
    said.is_answered,
    said.is_resolved,
    said.is_complaint,
    CAST(said.waiting_seconds AS INTEGER) AS waiting_seconds,
    CAST(said.talk_seconds AS INTEGER) AS talk_seconds,
    CAST(said.satisfaction AS TINYINT) AS satisfaction,
    CASE
        WHEN context.is_known_at_event THEN least(coalesce(said.changed_at, said.opened_at), context.known_at)
        ELSE context.known_at
    END AS known_at,
    context.generation,
    said.load_key,
    said.source_line,
    identity.identity_key,
    said.topic
FROM temp.contact_line AS said
CROSS JOIN temp.load_context AS context
CROSS JOIN temp.contact_start AS start
LEFT JOIN star.customer_identity AS identity
    ON identity.source = said.customer_identity AND identity.source_id = said.customer
LEFT JOIN star.dim_channel AS channel ON channel.channel = said.channel
LEFT JOIN star.dim_agent AS agent ON agent.agent_id = said.agent
LEFT JOIN star.dim_product AS product ON product.product_id = said.product AND product.is_current;

CREATE OR REPLACE TEMP VIEW contact_row AS
SELECT
    said.* EXCLUDE (topic) REPLACE (
        coalesce(said.customer_key, -1) AS customer_key,
        coalesce(customer.customer_version_key, -1) AS customer_version_key,
        coalesce(said.channel_key, -1) AS channel_key,
        coalesce(reason.reason_key, -1) AS reason_key,
        coalesce(said.agent_key, -1) AS agent_key,
        coalesce(said.product_key, -1) AS product_key,
        coalesce(said.is_answered, said.answered_at IS NOT NULL) AS is_answered,
        coalesce(said.is_resolved, said.resolved_at IS NOT NULL AND (said.reopened_at IS NULL OR said.reopened_at < said.resolved_at)) AS is_resolved,
        coalesce(said.is_complaint, false) AS is_complaint,
        coalesce(said.identity_key, -1) AS identity_key)
FROM temp.contact_said AS said
LEFT JOIN star.dim_customer AS customer
    ON customer.customer_key = said.customer_key
    AND said.opened_at >= customer.valid_from AND said.opened_at < customer.valid_to
LEFT JOIN star.dim_reason AS reason ON reason.topic = said.topic AND reason.is_complaint = coalesce(said.is_complaint, false);
