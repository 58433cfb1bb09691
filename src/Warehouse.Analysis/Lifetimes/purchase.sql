-- Grain: one row per purchase until the as-of date of somebody in customer_activity: orders with a line that is no return, those of
-- one instant being one purchase, because the models know no two at once. Histories, holdout and tracking of one date share it.
CREATE OR REPLACE TEMP TABLE purchase AS
WITH customer_order AS (
    SELECT customer_key, order_id, min(ordered_at) AS bought_at, sum(net_amount) AS amount
    FROM star.sale_version
    WHERE date_key <= $as_of
      AND known_at < $known_before
      AND known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
      AND NOT is_return
      AND customer_key IN (SELECT customer_key FROM temp.customer_activity)
    GROUP BY customer_key, order_id
)
SELECT customer_key, bought_at, sum(amount) AS amount
FROM customer_order
GROUP BY customer_key, bought_at
