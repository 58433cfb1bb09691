-- Grain: one row where a date is stored, none else: how many customers, and what is another now than it was when they were computed.
-- Whatever was published later than the snapshot it could not see.
SELECT
    stored.customers,
    stored.definition <> $definition OR stored.has_hindsight <> $has_hindsight AS has_other_definition,
    EXISTS (FROM ops.load WHERE generation > stored.facts_generation) AS has_later_loads,
    EXISTS (FROM ops.identity_run WHERE generation > stored.generation)
        OR EXISTS (FROM star.identity_decision WHERE greatest(generation, ended_generation) > stored.generation) AS has_other_persons,
    EXISTS (
        FROM mart.customer_snapshot AS customer
        SEMI JOIN ops.forgotten_customer AS forgotten ON forgotten.customer_key = customer.customer_key
        WHERE customer.as_of = $as_of) AS has_forgotten,
    EXISTS (FROM ops.churn_scoring WHERE as_of = $as_of AND generation >= stored.generation)
        OR EXISTS (FROM ops.churn_scoring WHERE as_of = $as_of)
        AND EXISTS (FROM ops.generation WHERE reason = $promotion AND generation > stored.generation) AS has_other_scores
FROM mart.snapshot AS stored
WHERE stored.as_of = $as_of
