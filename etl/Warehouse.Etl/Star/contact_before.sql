-- What was told of contacts before this load, with NULL where nothing was told: now (contact_known) and in the past (contact_past).
CREATE OR REPLACE TEMP MACRO contact_told(facts) AS TABLE
SELECT
    contact.* REPLACE (
        nullif(contact.customer_key, -1) AS customer_key,
        nullif(contact.channel_key, -1) AS channel_key,
        nullif(contact.agent_key, -1) AS agent_key,
        nullif(contact.product_key, -1) AS product_key,
        nullif(contact.identity_key, -1) AS identity_key,
        CASE WHEN contact.is_complaint OR contact.reason_key >= 0 THEN contact.is_complaint END AS is_complaint),
    reason.topic
FROM query_table(facts) AS contact
LEFT JOIN star.dim_reason AS reason ON reason.reason_key = contact.reason_key AND reason.reason_key >= 0;

CREATE OR REPLACE TEMP VIEW contact_known AS FROM contact_told('star.fact_contact');

CREATE OR REPLACE TEMP VIEW contact_past AS FROM contact_told('star.fact_contact_history');
