-- Grain: one row per cohort and age in whole periods since the first purchase; age 0 is the period of the first purchase itself.
-- An age counts only those customers for whom its period is over on the as-of date: nobody is shown as lost who could not buy yet.
-- Customers who came in the same period are seen for equally long.
WITH wave AS (
    SELECT
        cohort,
        first_period,
        date_diff($unit, first_period, CAST(date_trunc($unit, CAST($as_of AS DATE) + 1) AS DATE)) - 1 AS last_age,
        count(*) AS customers
    FROM temp.cohort_member
    GROUP BY cohort, first_period
),
bought AS (
    SELECT
        member.cohort,
        member.first_period,
        member.customer_key,
        date_diff($unit, member.first_period, CAST(date_trunc($unit, sale.date_key) AS DATE)) AS age,
        count(DISTINCT sale.order_id) FILTER (NOT sale.is_return) AS orders,
        sum(sale.net_amount) AS revenue,
        sum(sale.net_amount - sale.cost_amount) AS margin
    FROM star.sale_version AS sale
    JOIN temp.cohort_member AS member ON member.customer_key = sale.customer_key
    WHERE sale.date_key <= $as_of
      AND sale.known_at < $known_before
      AND sale.known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
    GROUP BY ALL
),
counted AS (
    SELECT
        *,
        sum(orders) OVER (PARTITION BY customer_key ORDER BY age) AS orders_until
    FROM bought
),
by_age AS (
    SELECT
        cohort,
        first_period,
        age,
        count(*) FILTER (orders > 0) AS active,
        count(*) FILTER (orders_until > 1 AND orders_until - orders <= 1) AS new_repeaters,
        sum(orders) AS orders,
        sum(revenue) AS revenue,
        sum(margin) AS margin
    FROM counted
    GROUP BY cohort, first_period, age
),
grid AS (
    SELECT cohort, first_period, customers, CAST(age AS BIGINT) AS age
    FROM wave, range(0, 5000) AS ages (age)
    WHERE age <= last_age AND age <= $most_ages
),
filled AS (
    SELECT
        grid.cohort,
        grid.age,
        grid.customers,
        coalesce(by_age.active, 0) AS active,
        coalesce(by_age.orders, 0) AS orders,
        coalesce(by_age.revenue, 0) AS revenue,
        coalesce(by_age.margin, 0) AS margin,
        sum(coalesce(by_age.new_repeaters, 0)) OVER until_age AS repeaters,
        sum(coalesce(by_age.revenue, 0)) OVER until_age AS revenue_until,
        sum(coalesce(by_age.margin, 0)) OVER until_age AS margin_until
    FROM grid
    LEFT JOIN by_age ON by_age.cohort = grid.cohort AND by_age.first_period = grid.first_period AND by_age.age = grid.age
    WINDOW until_age AS (PARTITION BY grid.cohort, grid.first_period ORDER BY grid.age)
)
SELECT
    cohort,
    CAST(age AS INTEGER) AS age,
    CAST(sum(customers) AS BIGINT) AS customers,
    CAST(sum(active) AS BIGINT) AS active,
    CAST(sum(repeaters) AS BIGINT) AS repeaters,
    CAST(sum(orders) AS BIGINT) AS orders,
    CAST(sum(revenue) AS DECIMAL(38,4)) AS revenue,
    CAST(sum(margin) AS DECIMAL(38,4)) AS margin,
    CAST(sum(revenue_until) AS DECIMAL(38,4)) AS revenue_until,
    CAST(sum(margin_until) AS DECIMAL(38,4)) AS margin_until
FROM filled
GROUP BY cohort, age
ORDER BY cohort, age
