-- Grain: one row per customer whom a source described by then. The version of the customer that was valid and known when
-- the as-of date began (see as_known.sql), with how long ago the customer last confirmed it.
WITH version AS (
    SELECT
        customer_key,
        arg_max(birth_year, valid_from) AS birth_year,
        arg_max(gender, valid_from) AS gender,
        arg_max(country, valid_from) AS country,
        arg_max(region, valid_from) AS region,
        arg_max(acquisition_channel, valid_from) AS acquisition_channel,
        arg_max(registered_on, valid_from) AS registered_on,
        arg_max(confirmed_on, valid_from) AS confirmed_on
    FROM star.dim_customer
    WHERE customer_key >= 0
      AND valid_from < $known_before
      AND known_at < $known_before
      AND customer_key NOT IN (SELECT customer_key FROM temp.churn_retold)
      AND customer_key NOT IN (SELECT customer_key FROM temp.churn_moved)
    GROUP BY customer_key
    UNION ALL
    SELECT customer_key, birth_year, gender, country, region, acquisition_channel, registered_on, confirmed_on
    FROM temp.churn_profile
)
SELECT
    place,
    CASE WHEN year($as_of) - birth_year BETWEEN 10 AND 110 THEN year($as_of) - birth_year END AS age_years,
    gender,
    country,
    region,
    acquisition_channel,
    CASE WHEN registered_on < $as_of THEN $as_of - registered_on END AS days_registered,
    CASE WHEN confirmed_on < $as_of THEN $as_of - confirmed_on END AS days_since_confirmed
FROM version
JOIN temp.churn_customer USING (customer_key)
