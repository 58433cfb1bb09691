-- Grain: one row per customer: days with a purchase after the first one (x), when the last of them was (t_x) and how long
-- the customer is known (T), in days. What the lifetime models need.
SELECT
    place,
    purchase_days - 1 AS frequency,
    last_purchase - first_purchase AS recency,
    $as_of - first_purchase AS age
FROM temp.churn_customer
