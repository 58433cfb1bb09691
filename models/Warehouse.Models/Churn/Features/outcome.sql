-- Grain: one row per customer of the population who bought within the horizon, [as_of, as_of + horizon), as far as is
-- known now. Who is not here has churned. Who has been found to be somebody else since bought what that person bought.
WITH person AS (
    SELECT place, customer_key FROM temp.churn_customer
    UNION
    SELECT place, customer_key_now FROM temp.churn_customer JOIN temp.churn_identity USING (customer_key)
)
SELECT DISTINCT place
FROM star.fact_sale
JOIN person USING (customer_key)
WHERE NOT is_return AND date_key >= $as_of AND date_key < $as_of + $horizon
