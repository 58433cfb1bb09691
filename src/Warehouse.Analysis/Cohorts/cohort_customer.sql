-- Grain: one row per customer of a cohort, in the order of the keys, with what he bought; of an age, those who bought in its period
-- and for whom it is over, and what they bought then.
WITH bought AS (
    SELECT
        sale.customer_key,
        count(DISTINCT sale.order_id) FILTER (NOT sale.is_return) AS orders,
        CAST(sum(sale.net_amount) AS DECIMAL(38,4)) AS revenue
    FROM star.sale_version AS sale
    JOIN temp.cohort_member AS member ON member.customer_key = sale.customer_key
    WHERE member.cohort = $cohort
      AND sale.date_key <= $as_of
      AND sale.known_at < $known_before
      AND sale.known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
      AND ($age IS NULL OR (
          date_diff($unit, member.first_period, CAST(date_trunc($unit, sale.date_key) AS DATE)) = $age
          AND $age < date_diff($unit, member.first_period, CAST(date_trunc($unit, CAST($as_of AS DATE) + 1) AS DATE))))
    GROUP BY sale.customer_key
)
SELECT
    member.customer_key,
    coalesce(customer.customer_id, '(unknown)') AS customer_id,
    member.cohort,
    activity.first_on,
    coalesce(bought.orders, 0) AS orders,
    coalesce(bought.revenue, 0) AS revenue
FROM temp.cohort_member AS member
JOIN temp.customer_activity AS activity USING (customer_key)
LEFT JOIN bought USING (customer_key)
LEFT JOIN star.dim_customer AS customer ON customer.customer_key = member.customer_key AND customer.is_current
WHERE member.cohort = $cohort
  AND ($age IS NULL OR bought.orders > 0)
ORDER BY member.customer_key
