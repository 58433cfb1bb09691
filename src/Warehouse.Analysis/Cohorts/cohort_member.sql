-- Grain: one row per customer with a purchase by the date: the period of the first one, and the cohort.
CREATE OR REPLACE TEMP TABLE cohort_member AS
SELECT
    activity.customer_key,
    CAST(date_trunc($unit, activity.first_on) AS DATE) AS first_period,
    CASE $by
        WHEN 'first_purchase' THEN strftime(date_trunc($unit, activity.first_on), '%Y-%m-%d')
        WHEN 'acquisition_channel' THEN coalesce(customer.acquisition_channel, '(unknown)')
        WHEN 'country' THEN coalesce(customer.country, '(unknown)')
        WHEN 'region' THEN coalesce(customer.region, '(unknown)')
        WHEN 'gender' THEN coalesce(customer.gender, '(unknown)')
        WHEN 'language' THEN coalesce(customer.language, '(unknown)')
    END AS cohort
FROM temp.customer_activity AS activity
LEFT JOIN (
    SELECT
        customer_key,
        arg_max(acquisition_channel, valid_from) AS acquisition_channel,
        arg_max(country, valid_from) AS country,
        arg_max(region, valid_from) AS region,
        arg_max(gender, valid_from) AS gender,
        arg_max(language, valid_from) AS language
    FROM star.dim_customer
    WHERE valid_from < $ends_at AND known_at < $known_before
    GROUP BY customer_key
) AS customer ON customer.customer_key = activity.customer_key
WHERE activity.orders > 0
