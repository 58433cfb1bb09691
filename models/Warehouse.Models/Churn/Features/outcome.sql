-- Grain: one row per customer of the population who bought within the horizon, [as_of, as_of + horizon), as far as is
-- known now. Who is not here has churned.
SELECT DISTINCT place
FROM star.fact_sale
JOIN temp.churn_customer USING (customer_key)
WHERE NOT is_return AND date_key >= $as_of AND date_key < $as_of + $horizon
