-- What was told of touches (temp.touch_held: each row with all that was told before it) as rows of star.fact_touch: temp.touch_completed.
CREATE OR REPLACE TEMP TABLE touch_completed AS
SELECT
    held.* EXCLUDE (life, place) REPLACE (
        identity.customer_key AS customer_key,
        customer.customer_version_key AS customer_version_key,
        coalesce(held.cost_amount, 0) AS cost_amount)
FROM temp.touch_held AS held
JOIN star.customer_identity AS identity ON identity.identity_key = held.identity_key
LEFT JOIN star.dim_customer AS customer
    ON customer.customer_key = identity.customer_key
    AND held.assigned_at >= customer.valid_from AND held.assigned_at < customer.valid_to;
